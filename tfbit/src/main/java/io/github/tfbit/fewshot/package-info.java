/** The few-shot protocol: which pictures are learned from, and what came of it. */
package io.github.tfbit.fewshot;
