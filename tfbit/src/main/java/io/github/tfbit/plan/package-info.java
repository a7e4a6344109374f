/** What a training needs, before it starts: memory against what the machine has, and time. */
package io.github.tfbit.plan;
