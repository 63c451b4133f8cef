/// The signs and words that stand beside amounts instead of an ISO 4217 code.
enum CurrencySymbols {
  /// The currencies that a sign may stand for; `nil` if it is no such sign.
  static func currencies(_ sign: String) -> [String]? {
    signs[sign.lowercased()]
  }

  private static let signs: [String: [String]] = [
    "$": dollarsAndPesos, "us$": ["USD"], "u$s": ["USD"], "mx$": ["MXN"], "m.n.": ["MXN"],
    "mn": ["MXN"],
    "c$": ["CAD", "NIO"], "ca$": ["CAD"], "a$": ["AUD"], "au$": ["AUD"], "nz$": ["NZD"],
    "hk$": ["HKD"], "s$": ["SGD"], "nt$": ["TWD"], "r$": ["BRL"], "s/": ["PEN"], "s/.": ["PEN"],
    "€": ["EUR"], "£": ["GBP", "EGP", "LBP", "SYP", "GIP", "FKP", "SHP", "SDG", "SSP"],
    "¥": ["JPY", "CNY"], "￥": ["JPY", "CNY"], "円": ["JPY"], "元": ["CNY", "TWD"],
    "₹": ["INR"], "rs": ["INR", "PKR", "LKR", "NPR", "MUR", "SCR"],
    "rs.": ["INR", "PKR", "LKR", "NPR", "MUR", "SCR"], "₨": ["INR", "PKR", "LKR", "NPR", "MUR"],
    "zł": ["PLN"], "kč": ["CZK"], "ft": ["HUF"], "lei": ["RON", "MDL"], "лв": ["BGN"],
    "лв.": ["BGN"], "₽": ["RUB"], "руб": ["RUB"], "руб.": ["RUB"], "₴": ["UAH"], "грн": ["UAH"],
    "₺": ["TRY"], "tl": ["TRY"], "₪": ["ILS"], "₩": ["KRW"], "₱": ["PHP"], "₫": ["VND"],
    "₦": ["NGN"], "₵": ["GHS"], "₡": ["CRC"], "₲": ["PYG"], "₸": ["KZT"], "₾": ["GEL"],
    "฿": ["THB"], "r": ["ZAR"], "rm": ["MYR"], "rp": ["IDR"], "rp.": ["IDR"], "q": ["GTQ"],
    "kr": ["SEK", "NOK", "DKK", "ISK"], "kr.": ["SEK", "NOK", "DKK", "ISK"],
    "fr": ["CHF"], "fr.": ["CHF"], "sfr": ["CHF"], "sfr.": ["CHF"], "nis": ["ILS"],
    "ksh": ["KES"], "kshs": ["KES"], "tsh": ["TZS"], "ush": ["UGX"],
  ]

  private static let dollarsAndPesos = [
    "USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD", "BND", "MXN", "ARS", "CLP", "COP", "UYU",
    "DOP",
    "CUP", "BRL", "NIO", "BMD", "BSD", "BBD", "BZD", "FJD", "GYD", "JMD", "KYD", "LRD", "NAD",
    "SBD",
    "SRD", "TTD", "XCD",
  ]
}
