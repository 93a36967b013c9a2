package io.dynadiff.models.prompt;

/** How the spectra of a frame treat the edges of its domain. */
public enum Boundary {

  /** Opposite edges meet: Fourier modes. */
  PERIODIC,

  /**
   * Edges are edges: the modes of the discrete cosine transform, which continue the field by
   * reflection ("Spectral Decomposition of Two-Dimensional Atmospheric Fields on Limited-Area
   * Domains Using the Discrete Cosine Transform", 2002). Fourier modes would see the jump between
   * opposite edges as structure of every size.
   */
  BOUNDED;

  /** The boundary of a domain that is periodic or not. */
  public static Boundary of(boolean periodic) {
    return periodic ? PERIODIC : BOUNDED;
  }
}
