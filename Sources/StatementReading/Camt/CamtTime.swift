import LedgerDomain

/// Dates and times as XML Schema writes them.
///
/// Source: W3C, XML Schema Part 2: Datatypes, sections 3.2.7 and 3.2.9.
enum CamtTime {
  /// `2026-03-31`, `2026-03-31Z`, `2026-03-31+01:00`.
  static func date(_ text: ArraySlice<UInt8>) -> BusinessDate? {
    guard isZone(text.dropFirst(10)) else { return nil }
    return calendarDate(text)
  }

  /// The date of `2026-03-31T17:00:00.000+01:00`. Some banks leave the time out.
  static func dateOfInstant(_ text: ArraySlice<UInt8>) -> BusinessDate? {
    let time = text.dropFirst(10)
    guard time.isEmpty || time.first == UInt8(ascii: "T") && time.count >= 9 else { return nil }
    return calendarDate(text)
  }

  /// `2026-03-31T17:00:00.000+01:00`; moved to UTC if an offset is stated.
  static func time(_ text: ArraySlice<UInt8>) -> StatementTime? {
    guard let date = calendarDate(text) else { return nil }
    let clock = Array(text.dropFirst(10).prefix(9))
    guard clock.count == 9, clock[0] == UInt8(ascii: "T"), clock[3] == UInt8(ascii: ":"),
      clock[6] == UInt8(ascii: ":"), let hour = number(clock[1], clock[2]), hour <= 24,
      let minute = number(clock[4], clock[5]), minute < 60,
      let second = number(clock[7], clock[8]), second <= 60
    else { return nil }
    var rest = text.dropFirst(19)
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst().drop { (0x30...0x39).contains($0) }
    }
    guard isZone(rest) else { return nil }
    let total = hour * 3600 + minute * 60 + min(second, 59) - offset(rest)
    let day = total >= 0 ? total / 86_400 : (total - 86_399) / 86_400
    return StatementTime(date: date.advanced(by: day), second: total - day * 86_400)
  }

  private static func calendarDate(_ text: ArraySlice<UInt8>) -> BusinessDate? {
    guard text.count >= 10 else { return nil }
    return BusinessDate(String(decoding: text.prefix(10), as: UTF8.self))
  }

  /// Whether it may stand after a date: nothing, `Z`, `+01:00`.
  private static func isZone(_ text: ArraySlice<UInt8>) -> Bool {
    if text.isEmpty || text.elementsEqual("Z".utf8) { return true }
    let zone = Array(text)
    return zone.count == 6 && (zone[0] == UInt8(ascii: "+") || zone[0] == UInt8(ascii: "-"))
      && zone[3] == UInt8(ascii: ":") && number(zone[1], zone[2]) != nil
      && number(zone[4], zone[5]) != nil
  }

  /// The seconds of an offset, which must be well-formed.
  private static func offset(_ text: ArraySlice<UInt8>) -> Int {
    let zone = Array(text)
    guard zone.count == 6, let hours = number(zone[1], zone[2]),
      let minutes = number(zone[4], zone[5])
    else { return 0 }
    return (zone[0] == UInt8(ascii: "-") ? -1 : 1) * (hours * 3600 + minutes * 60)
  }

  private static func number(_ tens: UInt8, _ ones: UInt8) -> Int? {
    guard (0x30...0x39).contains(tens), (0x30...0x39).contains(ones) else { return nil }
    return Int(tens - 0x30) * 10 + Int(ones - 0x30)
  }
}
