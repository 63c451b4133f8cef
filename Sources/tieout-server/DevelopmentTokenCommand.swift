public import ArgumentParser
import Foundation
import LedgerDomain
import SystemPackage
public import TokenAccess

/// `tieout-server dev-token`.
struct DevelopmentTokenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dev-token",
    abstract: "Creates a key set and prints a token, to try the server without an issuer.",
    discussion: """
      The first call creates the keys in a directory. Start the server with --jwks DIR/jwks.json. \
      Use them for testing only: the private key opens every tenant's books.
      """)

  @Option(help: ArgumentHelp("The tenant whose books the token opens.", valueName: "uuid"))
  var tenant: String

  @Option(help: ArgumentHelp("The directory of the keys.", valueName: "dir"))
  var keys = "dev-keys"

  @Option(
    help: ArgumentHelp("A scope that the token grants. Repeat for several.", valueName: "scope"))
  var scope = ["hpts:balances:read", "hpts:reconciliation:read"]

  @Option(help: ArgumentHelp("The issuer (iss).", valueName: "iss"))
  var issuer = "https://issuer.localhost"

  @Option(help: ArgumentHelp("The audience (aud).", valueName: "aud"))
  var audience = "tieout"

  @Option(help: ArgumentHelp("How long the token is valid.", valueName: "seconds"))
  var validSeconds = 3_600

  @Option(help: ArgumentHelp("The signature algorithm: RS256 or ES256.", valueName: "alg"))
  var algorithm = TokenAlgorithm.rs256

  func validate() throws {
    guard TenantID(tenant) != nil else { throw ValidationError("'\(tenant)' is not a UUID.") }
    guard (1...31_536_000).contains(validSeconds) else {
      throw ValidationError("--valid-seconds must be 1 to 31536000 (one year).")
    }
  }

  func run() async throws {
    guard let tenant = TenantID(tenant) else { throw ExitCode(64) }
    do {
      let keys = try await DevelopmentKeys(directory: keys, algorithm: algorithm)
      let token = try await keys.token(
        tenant: tenant, scopes: scope, issuer: issuer, audience: audience,
        now: Int(Date().timeIntervalSince1970), validSeconds: validSeconds)
      guard (try? FileDescriptor.standardOutput.writeAll((token + "\n").utf8)) != nil else {
        throw ServerFailure.exit("standard output cannot be written")
      }
    } catch let code as ExitCode {
      throw code
    } catch {
      throw ServerFailure.exit("\(error)")
    }
  }
}

extension TokenAlgorithm: ExpressibleByArgument {}
