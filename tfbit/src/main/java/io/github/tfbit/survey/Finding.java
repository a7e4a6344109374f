package io.github.tfbit.survey;

/** What a survey counts pictures of. */
public enum Finding {
  /** EXIF says that it is to be turned. */
  TURNED,
  /** Has transparency, or may have. */
  TRANSPARENT,
  /** Has several frames, of which the first counts. */
  ANIMATED,
  /** JPEG for print, of four components. */
  CMYK,
  /** Has no colours. */
  GREY,
  /** 16 bits a sample, of which the upper 8 count. */
  SIXTEEN_BITS,
  /** The header says no size: cut off, damaged or no picture. */
  UNREADABLE,
  /** A side below {@value SplitSurvey#TINY} pixels. */
  TINY,
  /** A side above {@value SplitSurvey#HUGE} pixels. */
  HUGE
}
