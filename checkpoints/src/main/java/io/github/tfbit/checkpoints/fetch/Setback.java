package io.github.tfbit.checkpoints.fetch;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** An attempt that ended without the whole file, but need not be the last. */
abstract sealed class Setback extends IOException {
  private static final long serialVersionUID = 1L;

  private Setback(String why, Throwable cause) {
    super(why, cause);
  }

  /** Another attempt may go on where this one ended. */
  static final class Again extends Setback {
    private static final long serialVersionUID = 1L;

    private final transient Optional<Duration> asked;

    /**
     * A setback that time may heal.
     *
     * @param why in a few words
     * @param asked how long the server asks to wait, empty if it does not
     * @param cause what revealed it, or null
     */
    Again(String why, Optional<Duration> asked, Throwable cause) {
      super(why, cause);
      this.asked = asked;
    }

    Optional<Duration> asked() {
      return asked;
    }
  }

  /** What came so far is of no use: another attempt has to begin anew. */
  static final class FromStart extends Setback {
    private static final long serialVersionUID = 1L;

    private final FetchException.Reason reason;

    /**
     * A setback that only a new beginning may heal.
     *
     * @param reason what kind of failure it is if nothing heals it
     * @param why in a few words
     */
    FromStart(FetchException.Reason reason, String why) {
      super(why, null);
      this.reason = reason;
    }

    FetchException.Reason reason() {
      return reason;
    }
  }
}
