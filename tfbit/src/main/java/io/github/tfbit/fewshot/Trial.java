package io.github.tfbit.fewshot;

/**
 * What one training came to.
 *
 * @param method how it learned
 * @param shots how many pictures of each class it learned from
 * @param subset which of the random subsets, from 0; full has one
 * @param steps of the training; 0 where none are made
 * @param accuracy share of all test pictures whose best class is right
 */
public record Trial(Method method, Shots shots, int subset, int steps, double accuracy) {}
