/** What the network makes of pictures, kept on disk so that it is computed once. */
package io.github.tfbit.features;
