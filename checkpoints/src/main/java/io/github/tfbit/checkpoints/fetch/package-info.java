/**
 * Downloads that end in a verified file or in none, and the folder that keeps them: {@link
 * io.github.tfbit.checkpoints.fetch.ModelCache} is the entry point. Knows nothing of BiT: what
 * there is to fetch comes as an {@link io.github.tfbit.checkpoints.fetch.Artefact}.
 */
package io.github.tfbit.checkpoints.fetch;
