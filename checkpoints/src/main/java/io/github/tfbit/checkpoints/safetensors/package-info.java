/** The safetensors format of timm and Hugging Face, read lazily and written to its bytes. */
package io.github.tfbit.checkpoints.safetensors;
