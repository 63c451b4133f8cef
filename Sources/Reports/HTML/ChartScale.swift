/// Where a figure lies in a drawing: in whole units of the drawing, without floating point.
struct ChartScale {
  let lowest: Int128
  let highest: Int128
  /// How many units the highest figure lies above the lowest.
  let length: Int

  /// How many units a figure lies above the lowest; half-way if all are the same.
  func units(_ figure: Int128) -> Int {
    guard highest > lowest else { return length / 2 }
    return Int((figure - lowest) * Int128(length) / (highest - lowest))
  }
}
