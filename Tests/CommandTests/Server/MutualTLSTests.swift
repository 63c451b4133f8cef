import Crypto
import Foundation
import TestSupport
import Testing

@Suite("Partner listener with mutual TLS")
struct MutualTLSTests {
  /// Runs openssl in a directory to create certificates.
  private func openssl(_ place: TestDirectory, _ arguments: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
    process.arguments = arguments.split(separator: " ").map(String.init)
    process.currentDirectoryURL = URL(fileURLWithPath: place.directory)
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "openssl \(arguments)")
  }

  private func authority(_ place: TestDirectory, _ name: String) throws {
    try openssl(
      place,
      "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout \(name).key -out \(name).pem -days 2 -subj /CN=\(name)"
    )
  }

  private func certificate(
    _ place: TestDirectory, _ name: String, by authority: String, days: Int = 2,
    subject: String = ""
  ) throws {
    try openssl(
      place,
      "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout \(name).key -out \(name).csr -subj /CN=\(subject.isEmpty ? name : subject)"
    )
    try place.write("\(name).ext", "subjectAltName=IP:127.0.0.1\n")
    try openssl(
      place,
      "x509 -req -in \(name).csr -CA \(authority).pem -CAkey \(authority).key -CAcreateserial -out \(name).pem -days \(days) -extfile \(name).ext"
    )
  }

  private func server(_ place: TestDirectory) throws -> ServerProcess {
    try place.export("2026-01-05", [TestDirectory.entry(1, on: "2026-01-05", "500")])
    _ = try place.close(through: "2026-01-05")
    try authority(place, "server-ca")
    try authority(place, "client-ca")
    try certificate(place, "server", by: "server-ca")
    return try ServerProcess(
      place, "--partner-port", "0", "--tls-cert", "server.pem", "--tls-key", "server.key",
      "--client-ca", "client-ca.pem", listeners: 2)
  }

  private func ask(
    _ server: ServerProcess, _ place: TestDirectory, certificate: String?, token: String?
  ) throws -> CurlReply {
    let client = certificate.map { ["--cert", "\($0).pem", "--key", "\($0).key"] } ?? []
    let credentials = token.map { ["-H", "Authorization: Bearer \($0)"] } ?? []
    return try CurlReply(
      ["--cacert", "server-ca.pem"] + client + credentials
        + [server.base("partner") + "/accounts/1000/balance?currency=USD"], in: place.directory)
  }

  @Test("a request needs a certificate of the authority and a token")
  func certificateAndTokenAreRequired() throws {
    let place = try TestDirectory()
    let server = try server(place)
    let token = server.forge.good(tenant: TestDirectory.tenant)
    try authority(place, "other-ca")
    try certificate(place, "good", by: "client-ca")
    try certificate(place, "foreign", by: "other-ca", subject: "good")
    try certificate(place, "expired", by: "client-ca", days: -1)
    #expect(try ask(server, place, certificate: "good", token: token).status == 200)
    #expect(try ask(server, place, certificate: "good", token: nil).status == 401)
    #expect(try ask(server, place, certificate: "good", token: "a.b.c").status == 401)
    for refused in [nil, "foreign", "expired"] {
      let reply = try ask(server, place, certificate: refused, token: token)
      #expect(reply.status == 0, "\(refused ?? "none")")
      #expect(reply.exitCode != 0, "\(refused ?? "none")")
    }
    let plain = try CurlReply([
      server.base("partner").replacing("https", with: "http") + "/health/live"
    ])
    #expect(plain.status == 0)
    #expect(try server.ask("/accounts/1000/balance?currency=USD", token: token).status == 200)
  }

  @Test("a token bound to a client certificate is accepted with that certificate, and nowhere else")
  func boundTokenNeedsItsCertificate() throws {
    let place = try TestDirectory()
    let server = try server(place)
    try certificate(place, "good", by: "client-ca")
    try certificate(place, "thief", by: "client-ca")
    try openssl(place, "x509 -in good.pem -outform der -out good.der")
    let text = Data(
      SHA256.hash(data: try Data(contentsOf: URL(fileURLWithPath: place.path("good.der"))))
    )
    .base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing(
      "=", with: "")
    let bound = server.forge.good(
      tenant: TestDirectory.tenant, ["cnf": "{\"x5t#S256\":\"\(text)\"}"])
    #expect(try ask(server, place, certificate: "good", token: bound).status == 200)
    let stolen = try ask(server, place, certificate: "thief", token: bound)
    #expect(stolen.status == 401)
    #expect(stolen.fields["www-authenticate"]?.contains("another client certificate") == true)
    #expect(try ask(server, place, certificate: "good", token: bound).status == 200)
    #expect(try server.ask("/accounts/1000/balance?currency=USD", token: bound).status == 401)
    usleep(100_000)
    #expect(try server.lines().filter { $0["token"] as? String == "wrong_sender" }.count == 2)
    let proof = server.forge.good(tenant: TestDirectory.tenant, ["cnf": "{\"jkt\":\"\(text)\"}"])
    #expect(try ask(server, place, certificate: "good", token: proof).status == 401)
  }

  @Test("SIGHUP reloads the certificates, and keeps the present ones if the new ones are invalid")
  func certificatesAreReloaded() throws {
    let place = try TestDirectory()
    let server = try server(place)
    let token = server.forge.good(tenant: TestDirectory.tenant)
    try authority(place, "new-ca")
    try certificate(place, "old", by: "client-ca")
    try certificate(place, "new", by: "new-ca")
    #expect(try ask(server, place, certificate: "new", token: token).status == 0)
    let clientAuthority = try place.bytes("client-ca.pem")
    try place.write("client-ca.pem", "nothing of the kind")
    try reload(server, until: "not reloaded")
    #expect(try ask(server, place, certificate: "old", token: token).status == 200)
    try place.write("client-ca.pem", try place.bytes("new-ca.pem"))
    try reload(server, until: "reloaded")
    #expect(try ask(server, place, certificate: "new", token: token).status == 200)
    #expect(try ask(server, place, certificate: "old", token: token).status == 0)
    try place.write("client-ca.pem", clientAuthority)
  }

  private func reload(_ server: ServerProcess, until message: String) throws {
    let count = try server.lines().count
    server.signal(SIGHUP)
    let deadline = ContinuousClock.now + .seconds(10)
    while ContinuousClock.now < deadline {
      let new = try server.lines().dropFirst(count)
      if new.contains(where: { $0["message"] as? String == message }) { return }
      usleep(20_000)
    }
    Issue.record("the server did not log '\(message)': \(try server.log())")
  }
}
