/** What the classes of published heads are called. Knows nothing of files of weights. */
package io.github.tfbit.converters.labels;
