import Digests
import LedgerDomain

/// `index.html`: what needs attention, and a calendar of every tenant, in one self-contained file.
///
/// Like the page of a close it has style, script and data in it, and its security policy forbids every
/// request. It leads to the pages of the closes by relative links, so it works from a disk and from any web
/// server.
enum OverviewPage {
  private enum Slot: String, CaseIterable { case style, tenants, data, script }
  enum TenantField: String {
    case label, tenant, date, matters
    case mattersMinor = "matters_minor"
  }

  private static let template = PageTemplate<Slot>(Templates.overview_mustache)
  private static let tenantRow = RowTemplate<TenantField>("overview_tenant")
  private static let digestMark = Array("<!-- sha256 ".utf8)

  /// The page. Its last line is the SHA-256 of what is before it.
  static func bytes(_ overview: Overview) -> [UInt8] {
    var bytes: [UInt8] = []
    let variables = variables(overview)
    for fragment in template.fragments {
      bytes += fragment.render(variables).utf8
      switch fragment.slot {
      case .style: bytes += PageAssets.overviewStyle.bytes
      case .script: bytes += PageAssets.overviewScript.bytes
      case .tenants: bytes += tenantRows(overview)
      case .data: bytes += OverviewData.bytes(overview)
      case nil: break
      }
    }
    return bytes + digestLine(bytes)
  }

  /// Whether a page is as it was written: whole, and not changed since.
  static func isIntact(_ page: [UInt8]) -> Bool {
    let line = digestLine([]).count
    guard page.count > line else { return false }
    return page[(page.count - line)...].elementsEqual(digestLine(Array(page.dropLast(line))))
  }

  private static func digestLine(_ bytes: [UInt8]) -> [UInt8] {
    digestMark + Array("\(Hexadecimal.text(SHA256.hash(bytes))) -->\n".utf8)
  }

  private static func tenantRows(_ overview: Overview) -> [UInt8] {
    var html = HTMLWriter()
    for tenant in overview.tenants {
      html.fill(tenantRow) { field, html in
        switch field {
        case .label: html.text(overview.names.label(tenant.tenant))
        case .tenant: html.text(tenant.tenant.description)
        case .date: html.text(tenant.closedThrough.description)
        case .matters: html.count(tenant.matters.count)
        case .mattersMinor: html.number(tenant.matters.count)
        }
      }
    }
    return html.bytes
  }

  private static func variables(_ overview: Overview) -> [String: Any] {
    let tenants = overview.tenants
    let dates = tenants.reduce(0) { $0 + $1.cells.count }
    let notCertified = tenants.reduce(0) { sum, tenant in
      sum + tenant.cells.count { $0.certification != .valid }
    }
    let hasMatters = tenants.isEmpty || tenants.contains { !$0.matters.isEmpty }
    var values: [String: Any] = [
      "style_hash": PageAssets.overviewStyle.policyHash,
      "script_hash": PageAssets.overviewScript.policyHash,
      "verdict": OverviewWording.verdict(overview),
      "verdict_status": hasMatters ? "breaks" : "clean", "has_matters": hasMatters,
      "tenants": Wording.count(tenants.count, "tenant", "tenants"),
      "dates": Wording.count(dates, "closed date", "closed dates"),
      "kinds": OpenMatter.Kind.allCases.map { variables(of: $0, overview) },
      "not_certified": HTMLWriter.string { $0.count(notCertified) },
      "not_certified_minor": String(notCertified),
    ]
    values["last_date"] = overview.lastDate?.description
    return values
  }

  private static func variables(of kind: OpenMatter.Kind, _ overview: Overview) -> [String: Any] {
    let (words, count) = (OverviewWording.of(kind), overview.count(kind))
    return [
      "name": words.name, "title": words.title, "number": String(kind.rawValue),
      "tone": count == 0 ? "none" : words.tone, "count_minor": String(count),
      "count": HTMLWriter.string { $0.count(count) },
    ]
  }
}
