import JournalReading
import LedgerDomain

/// How the names of tenants are read: from a mapping in the job file, or from a CSV file.
extension Setting {
  static func tenantNames(
    _ name: String, valueName: String, help: String
  ) -> Setting where Value == TenantNames {
    Setting(
      name, kind: .tenantNames, default: TenantNames(), option: .value(valueName), help: help
    ) { setting throws(UsageError) in
      try setting.mappings.isEmpty ? namesInFile(setting) : namesInJob(setting)
    } format: { names in
      names.count == 0 ? nil : names.count.counted("name")
    }
  }

  private static func namesInJob(_ setting: SettingText) throws(UsageError) -> TenantNames {
    var names = TenantNames()
    for mapping in setting.mappings {
      // In a fixed order, so that of several errors always the same one is reported.
      for (text, name) in mapping.values.sorted(by: { $0.key < $1.key }) {
        try add(name, for: text, at: mapping.places[text] ?? setting.source, to: &names)
      }
    }
    return names
  }

  private static func namesInFile(_ setting: SettingText) throws(UsageError) -> TenantNames {
    let table: TextTable
    do throws(ReadingError) {
      table = try TextTable.read(at: setting.text, required: ["tenant_id", "tenant_name"])
    } catch {
      throw UsageError("\(setting.source): \(error)")
    }
    var names = TenantNames()
    for row in table.rows {
      try add(
        row.cells[1] ?? "", for: row.cells[0] ?? "", at: "\(table.file) line \(row.line)",
        to: &names)
    }
    return names
  }

  private static func add(
    _ name: String, for text: String, at place: String, to names: inout TenantNames
  ) throws(UsageError) {
    guard let tenant = TenantID(text) else {
      throw UsageError(
        "\(place): '\(text)' is not a UUID; tieout status --wide lists the tenants with theirs.")
    }
    do throws(TenantNameFault) {
      try names.add(name, for: tenant)
    } catch {
      throw UsageError("\(place): the line of \(tenant) \(error.message).")
    }
  }
}
