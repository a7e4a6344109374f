/**
 * The offline demo: draws pictures by code, fine-tunes the small model on them, compares with the
 * same network from scratch, exports, and shows the page. A user of the public API like any other.
 */
package io.github.tfbit.cli.demo;
