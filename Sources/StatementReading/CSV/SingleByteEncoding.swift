/// What the bytes from 0x80 on mean in encodings of one byte for each character.
///
/// Source: Unicode, mapping tables of ISO 8859-1, -2 and -15 and of code pages 1250 and 1252.
enum SingleByteEncoding {
  /// The UTF-8 of each byte from 0x80 on; empty for a byte that is no printable character.
  static func characters(_ encoding: StatementEncoding) -> [[UInt8]] {
    let text: String
    switch encoding {
    case .latin2: text = control + latin2
    case .latin9: text = control + latin9
    case .windows1250: text = windows1250
    case .windows1252: text = windows1252 + latin1
    default: text = control + latin1
    }
    return text.unicodeScalars.map { $0 == "\u{FFFD}" ? [] : Array(String($0).utf8) }
  }

  /// 0x80 to 0x9F, which ISO 8859 leaves to control characters.
  private static let control = String(repeating: "\u{FFFD}", count: 32)

  /// 0xA0 to 0xFF.
  private static let latin1 =
    "\u{A0}¡¢£¤¥¦§¨©ª«¬\u{AD}®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛ"
    + "ÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ"

  /// 0xA0 to 0xFF.
  private static let latin2 =
    "\u{A0}Ą˘Ł¤ĽŚ§¨ŠŞŤŹ\u{AD}ŽŻ°ą˛ł´ľśˇ¸šşťź˝žżŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰ"
    + "ÜÝŢßŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙"

  /// 0xA0 to 0xFF.
  private static let latin9 =
    "\u{A0}¡¢£€¥Š§š©ª«¬\u{AD}®¯°±²³Žµ¶·ž¹º»ŒœŸ¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛ"
    + "ÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ"

  /// 0x80 to 0x9F; the rest is Latin-1.
  private static let windows1252 =
    "€\u{FFFD}‚ƒ„…†‡ˆ‰Š‹Œ\u{FFFD}Ž\u{FFFD}\u{FFFD}‘’“”•–—˜™š›œ\u{FFFD}žŸ"

  /// 0x80 to 0xFF.
  private static let windows1250 =
    "€\u{FFFD}‚\u{FFFD}„…†‡\u{FFFD}‰Š‹ŚŤŽŹ\u{FFFD}‘’“”•–—\u{FFFD}™š›śťžź"
    + "\u{A0}ˇ˘Ł¤Ą¦§¨©Ş«¬\u{AD}®Ż°±˛ł´µ¶·¸ąş»Ľ˝ľżŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰ"
    + "ÜÝŢßŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙"
}
