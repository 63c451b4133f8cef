/// Formats text, sizes, counts and times for lines that people and log collectors read.
enum ReadableText {
  /// The text with control characters escaped as `\u{1B}`: file names may contain any of them.
  static func printable(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isControl) else { return text }
    var printable = ""
    for scalar in text.unicodeScalars {
      if isControl(scalar) {
        printable += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      } else {
        printable.unicodeScalars.append(scalar)
      }
    }
    return printable
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0: true
    // Marks that change the direction of a line or break it.
    case 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  /// A number with its thousands apart: `1,204`.
  static func grouped(_ number: Int) -> String {
    let digits = String(number.magnitude)
    var text = ""
    for (index, digit) in digits.enumerated() {
      if index > 0 && (digits.count - index) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return (number < 0 ? "-" : "") + text
  }

  /// A number of bytes with its unit: `1.2 GB`.
  static func bytes(_ count: Int) -> String {
    let units = ["B", "kB", "MB", "GB", "TB"]
    var (value, unit) = (Double(count), 0)
    while value >= 999.95, unit < units.count - 1 {
      value /= 1000
      unit += 1
    }
    return unit == 0 ? "\(count) B" : "\(oneDecimal(value)) \(units[unit])"
  }

  /// A short count: `950`, `1.9M`.
  static func count(_ count: Double) -> String {
    if count < 999.5 { return String(Int(count.rounded())) }
    if count < 999_950 { return oneDecimal(count / 1000) + "k" }
    return oneDecimal(count / 1_000_000) + "M"
  }

  /// A duration in seconds as a clock shows it: `0:42`, `1:02:07`.
  static func time(_ seconds: Double) -> String {
    let whole = Int(min(seconds.rounded(.up), 359_999))
    func two(_ value: Int) -> String { (value < 10 ? "0" : "") + String(value) }
    let (hours, minutes) = (whole / 3600, whole / 60 % 60)
    return hours > 0
      ? "\(hours):\(two(minutes)):\(two(whole % 60))" : "\(minutes):\(two(whole % 60))"
  }

  /// A non-negative number rounded to one decimal: `1.2`.
  static func oneDecimal(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
