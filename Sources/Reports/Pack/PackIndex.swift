import LedgerDomain

/// `index.html` of a pack of several tenants: how each one's month stands, and the way to its folder.
struct PackIndex {
  /// The name of the file with what the verification printed.
  static let verificationFile = "verification.txt"

  private enum Slot: String, CaseIterable { case style, tenants, absent, faults }
  enum TenantField: String {
    case tenant, label, through, certified, matters, restated, status
    case certifiedMinor = "certified_minor"
    case mattersMinor = "matters_minor"
    case restatedMinor = "restated_minor"
    case statusWords = "status_words"
  }
  enum AbsentField: String { case tenant, label, why }

  private static let template = PageTemplate<Slot>(Templates.pack_mustache)
  private static let tenantRow = RowTemplate<TenantField>("pack_tenant")
  private static let absentBegin = TemplateBlock("pack_absent_begin")
  private static let absentRow = RowTemplate<AbsentField>("pack_absent")
  private static let tableEnd = TemplateBlock("table_end")

  /// What the index says about a tenant.
  struct Tenant {
    let tenant: TenantID
    let label: String
    let closedThrough: BusinessDate
    var (days, certified, missing, matters, restated) = (0, 0, 0, 0, 0)
    var isProved = true
    /// Why it has no folder; `nil` if it has one.
    var absence: String?
    /// Whether somebody has to do something about it.
    var isOpen: Bool

    init(_ record: MonthRecord) {
      tenant = record.tenant
      label = record.name ?? record.tenant.description
      closedThrough = record.dates.upperBound
      (days, certified, missing) = (record.days.count, record.datesCertified, record.datesMissing)
      (matters, restated) = (record.matters.count, record.balancesRestatedLater)
      isProved = record.isProved
      isOpen = !isProved || matters > 0
    }

    init(
      _ tenant: TenantID, name: String?, _ month: CalendarMonth, first: BusinessDate,
      closedThrough: BusinessDate
    ) {
      self.tenant = tenant
      label = name ?? tenant.description
      self.closedThrough = closedThrough
      isOpen = closedThrough < month.dates.lowerBound
      absence =
        isOpen
        ? "Closed through \(closedThrough) only: no date of the month is closed."
        : "The books begin on \(first), after the month."
    }
  }

  let month: CalendarMonth
  let tenants: [Tenant]
  /// What differs in the store as a whole.
  let faults: [String]

  private var present: [Tenant] { tenants.filter { $0.absence == nil } }
  private var absent: [Tenant] { tenants.filter { $0.absence != nil } }

  func write(to output: inout ReportOutput) throws(ReportError) {
    var html = HTMLWriter()
    let variables = variables
    for fragment in Self.template.fragments {
      try output.write(fragment.render(variables))
      guard let slot = fragment.slot else { continue }
      switch slot {
      case .style: try output.write(PageAssets.packStyle.bytes)
      case .tenants: writeTenants(to: &html)
      case .absent: writeAbsent(to: &html)
      case .faults: PackEvidence.writeFaults(faults, to: &html)
      }
      try html.flush(to: &output, atEnd: true)
    }
  }

  private func writeTenants(to html: inout HTMLWriter) {
    for tenant in present.filter(\.isOpen) + present.filter({ !$0.isOpen }) {
      html.fill(Self.tenantRow) { field, html in
        switch field {
        case .tenant: html.text(tenant.tenant.description)
        case .label: html.text(tenant.label)
        case .through: html.text(tenant.closedThrough.description)
        case .certified:
          html.count(tenant.certified)
          html.text(" of \(tenant.days)")
        case .certifiedMinor: html.number(tenant.certified)
        case .matters: html.count(tenant.matters)
        case .mattersMinor: html.number(tenant.matters)
        case .restated: html.count(tenant.restated)
        case .restatedMinor: html.number(tenant.restated)
        case .status: html.text(tenant.isProved ? "pass" : "fail")
        case .statusWords: html.text(tenant.isProved ? "verified" : "not proved")
        }
      }
    }
  }

  private func writeAbsent(to html: inout HTMLWriter) {
    if absent.isEmpty { return }
    html.block(Self.absentBegin)
    for tenant in absent {
      html.fill(Self.absentRow) { field, html in
        switch field {
        case .tenant: html.text(tenant.tenant.description)
        case .label: html.text(tenant.label)
        case .why: html.text(tenant.absence)
        }
      }
    }
    html.block(Self.tableEnd)
  }

  private var isProved: Bool { faults.isEmpty && present.allSatisfy(\.isProved) }

  private var verdict: String {
    let open = tenants.count(where: \.isOpen)
    let all = Wording.count(tenants.count, "tenant", "tenants")
    if open == 0 { return "The month is closed for every tenant, and nothing is open." }
    let have = open == 1 ? "has" : "have"
    return "\(HTMLWriter.string { $0.count(open) }) of \(all) \(have) something open."
  }

  private var verification: String {
    if isProved {
      return "Verified: the stored books of every tenant were recomputed from the movements and "
        + "nothing differs. The exports were not read."
    }
    return
      "Not verified: the stored books are not those that were closed. Do not use the figures of "
      + "the tenants that are not proved. The exports were not read."
  }

  private var variables: [String: Any] {
    let counts = [
      "closed": present.count { $0.missing == 0 },
      "certified": present.count { $0.certified == $0.days },
      "preliminary": present.count { $0.missing > 0 },
      "open": present.count { $0.matters > 0 }, "unproved": present.count { !$0.isProved },
      "absent": absent.count,
    ]
    var values: [String: Any] = [
      "style_hash": PageAssets.packStyle.policyHash, "month": month.description,
      "month_title": PackWording.title(month), "first": month.dates.lowerBound.description,
      "last": month.dates.upperBound.description,
      "tenants": Wording.count(tenants.count, "tenant", "tenants"), "verdict": verdict,
      "verdict_status": tenants.contains(where: \.isOpen) || !isProved ? "breaks" : "clean",
      "verification": verification, "proof_status": isProved ? "good" : "bad",
    ]
    for (name, count) in counts {
      values[name] = HTMLWriter.string { $0.count(count) }
      values[name + "_minor"] = String(count)
    }
    return values
  }
}
