/**
 * BiT under PyTorch's roof: the names and kernel order of timm and of Hugging Face transformers,
 * and the configuration files that their readers need.
 */
package io.github.tfbit.converters.torch;
