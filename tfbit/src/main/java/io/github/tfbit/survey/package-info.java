/**
 * What is in a data set, before anything is learned from it. {@link
 * io.github.tfbit.survey.DataSurvey} reads headers, {@link io.github.tfbit.survey.PictureCheck}
 * decodes every picture.
 */
package io.github.tfbit.survey;
