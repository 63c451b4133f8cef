import LedgerDomain

/// The overview as JSON in its page: for the page's script, and for the next run, which reads only what
/// changed since from the store.
///
/// The first line says what the rest means. Then comes a line for each tenant: its id, how far its books
/// went, its first date, a letter for each date, and what needs attention.
enum OverviewData {
  /// The version of this form.
  static let format = 1
  static let begin = "<script type=\"application/json\" id=\"overview-data\">\n"
  static let end = "\n</script>"

  /// The JSON, without a line feed at the end.
  static func bytes(_ overview: Overview) -> [UInt8] {
    var json = ScriptJSON()
    json.raw("{\"format\":\(format),\"banking\":")
    json.text(overview.banking)
    json.writeWords()
    json.raw(",\"digits\":{")
    let amounts = overview.tenants.lazy.flatMap(\.matters).flatMap(\.amounts)
    for (index, currency) in Set(amounts.map(\.currency)).sorted().enumerated() {
      json.raw("\(index > 0 ? "," : "")\"\(currency)\":\(currency.minorUnitDigits ?? 0)")
    }
    json.raw("},\"names\":")
    json.list(overview.tenants.map { overview.names[$0.tenant] ?? "" })
    json.raw(",\"tenants\":[\n")
    for (index, tenant) in overview.tenants.enumerated() {
      if index > 0 { json.raw(",\n") }
      json.write(tenant)
    }
    json.raw("\n]}\n")
    return json.bytes
  }
}

extension ScriptJSON {
  /// What numbers and letters of the tenants' lines stand for.
  fileprivate mutating func writeWords() {
    raw(",\"kinds\":[")
    for (index, kind) in OpenMatter.Kind.allCases.enumerated() {
      let words = OverviewWording.of(kind)
      raw("\(index > 0 ? "," : "")\n{\"title\":\"\(words.title)\",\"tone\":\"\(words.tone)\"")
      raw(",\"one\":\"\(words.noun.one)\",\"many\":\"\(words.noun.many)\"")
      raw(",\"anchor\":\"\(words.anchor)\",\"onLastDate\":\(!kind.isOfDate)}")
    }
    raw("],\"standings\":[")
    for (index, standing) in DateStanding.allCases.enumerated() {
      let words = OverviewWording.of(standing)
      raw("\(index > 0 ? "," : "")\n{\"name\":\"\(words.name)\",\"sign\":\"\(words.sign)\"")
      raw(",\"title\":\"\(words.title)\"}")
    }
    raw("],\"checks\":[")
    for (index, check) in TieOutCheck.allCases.enumerated() {
      raw("\(index > 0 ? "," : "")[\"\(check.rawValue)\",\"\(TieOutGuidance.of(check).title)\"]")
    }
    raw("]")
  }

  fileprivate mutating func write(_ tenant: TenantOverview) {
    let head = tenant.head
    raw("[\"\(tenant.tenant)\",[\"\(head.close)\",")
    text(head.chainDigest)
    cell { $0.text(head.reconciliation) }
    raw(",\"\(head.certifications)\",\"\(head.acceptances)\"],\"\(tenant.firstDate)\",\"")
    raw(String(decoding: tenant.cells.map(\.letter), as: UTF8.self))
    raw("\",[")
    for (index, matter) in tenant.matters.enumerated() {
      raw(index > 0 ? ",\n[" : "[")
      raw("\(tenant.firstDate.days(to: matter.date)),\(matter.kind.rawValue),")
      number(matter.check?.order)
      cell { $0.text(matter.subject) }
      cell { $0.number(matter.count) }
      raw(",[")
      for (index, amount) in matter.amounts.enumerated() {
        raw(index > 0 ? "," : "")
        list(["\(amount.currency)", amount.layer?.code ?? "", "\(amount.amountMinor)"])
      }
      raw("]]")
    }
    raw("]]")
  }
}
