/** What a run leaves for people and their tools to look at. */
package io.github.tfbit.report;
