/** Training: {@link io.github.tfbit.train.TrainingGraph} is the network with its gradients. */
package io.github.tfbit.train;
