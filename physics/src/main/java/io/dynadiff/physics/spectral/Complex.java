package io.dynadiff.physics.spectral;

/** A complex number for set-up work; the time loop runs on interleaved arrays instead. */
record Complex(double re, double im) {
  static final Complex ZERO = new Complex(0, 0);

  static Complex exp(double re, double im) {
    double size = Math.exp(re);
    return new Complex(size * Math.cos(im), size * Math.sin(im));
  }

  Complex plus(Complex other) {
    return new Complex(re + other.re, im + other.im);
  }

  Complex plus(double real) {
    return new Complex(re + real, im);
  }

  Complex times(Complex other) {
    return new Complex(re * other.re - im * other.im, re * other.im + im * other.re);
  }

  Complex scaled(double factor) {
    return new Complex(re * factor, im * factor);
  }

  Complex over(Complex other) {
    double square = other.re * other.re + other.im * other.im;
    return new Complex(
        (re * other.re + im * other.im) / square, (im * other.re - re * other.im) / square);
  }
}
