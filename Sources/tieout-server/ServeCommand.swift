import ArgumentParser
import BalanceAPI
import Foundation
import SnapshotStore
import TokenAccess

/// `tieout-server serve`.
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Serves the API until SIGTERM or SIGINT.")

  @Option(help: ArgumentHelp("The SQLite store.", valueName: "file"))
  var store: String

  @Option(
    help: ArgumentHelp(
      "The issuer's JSON Web Key Set: a file or an https URL.", valueName: "file|url"))
  var jwks: String

  @Option(help: ArgumentHelp("The issuer that tokens must have (iss).", valueName: "iss"))
  var issuer: String

  @Option(help: ArgumentHelp("The audience that tokens must have (aud).", valueName: "aud"))
  var audience: String

  @Option(help: "The address to listen on.")
  var host = "127.0.0.1"

  @Option(help: "The port of the plain HTTP listener; 0 for any free port.")
  var port = 3000

  @Option(
    help: ArgumentHelp("The port of the partner listener (mutual TLS).", valueName: "port"))
  var partnerPort: Int?

  @Option(
    help: ArgumentHelp("The partner listener's certificate chain, PEM.", valueName: "file"))
  var tlsCert: String?

  @Option(help: ArgumentHelp("The partner listener's private key, PEM.", valueName: "file"))
  var tlsKey: String?

  @Option(
    help: ArgumentHelp(
      "The authorities whose client certificates are accepted, PEM.", valueName: "file"))
  var clientCa: String?

  @Option(
    help: ArgumentHelp("The port of /v1/metrics, on 127.0.0.1 only.", valueName: "port"))
  var metricsPort: Int?

  @Option(
    help: ArgumentHelp("Maximum requests per second for each tenant.", valueName: "count"))
  var requestsPerSecond: Int?

  @Option(
    help: ArgumentHelp("How often the issuer's key set is fetched.", valueName: "seconds"))
  var keysRefreshSeconds = 300

  @Option(
    help: ArgumentHelp(
      "How long the last key set is used while the issuer does not respond.", valueName: "seconds"))
  var keysMaxAgeSeconds = 86_400

  func validate() throws {
    guard (5...86_400).contains(keysRefreshSeconds) else {
      throw ValidationError("--keys-refresh-seconds must be 5 to 86400 (one day).")
    }
    guard (keysRefreshSeconds...2_592_000).contains(keysMaxAgeSeconds) else {
      throw ValidationError(
        "--keys-max-age-seconds must be at least --keys-refresh-seconds, and at most 2592000 (30 days)."
      )
    }
    for port in [port, partnerPort ?? 0, metricsPort ?? 0] where !(0...65_535).contains(port) {
      throw ValidationError("\(port) is not a valid port. Give a number from 0 to 65535.")
    }
    let files = [tlsCert, tlsKey, clientCa]
    let isPartial = files.contains { $0 == nil } && files.contains { $0 != nil }
    guard !isPartial, (partnerPort == nil) == files.contains(where: { $0 == nil }) else {
      throw ValidationError(
        "--partner-port, --tls-cert, --tls-key and --client-ca belong together. Give all four or none."
      )
    }
    guard (requestsPerSecond ?? 1) >= 1 else {
      throw ValidationError("--requests-per-second must be at least 1.")
    }
  }

  func run() async throws {
    do {
      let server = try APIServer(
        settings(), books: LookupPool(path: store, sharesReadTransactions: true),
        logDescriptor: STDOUT_FILENO, now: { Date().timeIntervalSince1970 })
      try await server.run()
    } catch {
      throw ServerFailure.exit("\(error)")
    }
  }

  private func settings() throws -> ServerSettings {
    var settings = ServerSettings(
      store: store, keys: try KeySource(jwks),
      expectation: .init(issuer: issuer, audience: audience))
    settings.host = host
    settings.keyTiming.refreshSeconds = Double(keysRefreshSeconds)
    settings.keyTiming.ageMaxSeconds = Double(keysMaxAgeSeconds)
    settings.port = port
    settings.metricsPort = metricsPort
    settings.requestsPerSecond = requestsPerSecond
    if let partnerPort, let tlsCert, let tlsKey, let clientCa {
      settings.partner = .init(
        port: partnerPort, certificate: tlsCert, key: tlsKey, clientAuthority: clientCa)
    }
    return settings
  }
}
