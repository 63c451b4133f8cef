/// Maps figures to whole drawing units, without floating point.
struct ChartScale {
  let lowest: Int128
  let highest: Int128
  /// The distance from the lowest to the highest figure, in units.
  let length: Int

  /// The distance of a figure from the lowest, in units; half of `length` if all figures are equal.
  func units(_ figure: Int128) -> Int {
    guard highest > lowest else { return length / 2 }
    return Int((figure - lowest) * Int128(length) / (highest - lowest))
  }
}
