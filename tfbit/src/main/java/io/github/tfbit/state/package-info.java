/** What a run keeps of itself while it trains, so that it can go on from where it stopped. */
package io.github.tfbit.state;
