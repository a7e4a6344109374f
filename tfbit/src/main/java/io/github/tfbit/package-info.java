/** The library's door: open a model, classify, fine-tune, evaluate, export. */
package io.github.tfbit;
