/// The currencies of ISO 4217 with the digits of their minor unit.
///
/// Holds list one (current codes, funds and metals included) and the codes of list three that were
/// withdrawn since 2000, since a backfill closes dates on which they were in use. Codes without a
/// minor unit (metals, `XXX`, `XTS`, …) count whole units.
///
/// Source: ISO 4217:2015, list one as amended up to number 180 (2026), list three.
public enum ISO4217 {
  /// What `minorUnitDigits` holds for a code that ISO 4217 does not know.
  public static let unknown: UInt8 = 0xFF

  /// Digits of the minor unit by `CurrencyCode.packed`; `unknown` where there is no such currency.
  public static let minorUnitDigits: [UInt8] = {
    var table = [UInt8](repeating: unknown, count: CurrencyCode.codeCount)
    for (digits, codes) in codesByDigits {
      for code in codes.split(separator: " ") {
        guard let currency = CurrencyCode(code) else {
          preconditionFailure("'\(code)' is not three capital letters")
        }
        table[Int(currency.packed)] = digits
      }
    }
    return table
  }()

  private static let codesByDigits: [(digits: UInt8, codes: String)] = [
    (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
    (
      2,
      """
      AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD \
      CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS \
      GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD \
      LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB \
      PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP \
      SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW \
      ZWG
      """
    ),
    (3, "BHD IQD JOD KWD LYD OMR TND"),
    (4, "CLF UYW"),
    // No minor unit.
    (0, "XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX"),
    // Withdrawn since 2000.
    (
      2,
      """
      AFA ANG ATS AYM AZM BGL BGN CHC CSD CUC CYP DEM EEK FIM FRF GHC HRK IEP LTL LVL MRO MTL MZM \
      NLG ROL RUR SDD SIT SKK SLL SRG STD TMM USS VEB VEF YUM ZMK ZWD ZWL ZWN ZWR
      """
    ),
    (0, "ADP BEF BYB BYR ESP GRD ITL LUF MGF PTE TPE TRL"),
  ]
}
