public import TokenAccess

/// What a server is told.
public struct ServerSettings: Sendable {
  /// The listener for partners, with TLS and client certificates.
  public struct Partner: Sendable {
    /// The port; 0 for one that is free.
    public var port: Int
    /// The server's certificate and those between it and its root, PEM.
    public var certificate: String
    /// Its private key, PEM.
    public var key: String
    /// The authorities whose clients are let in, PEM.
    public var clientAuthority: String

    /// A listener of these.
    public init(port: Int, certificate: String, key: String, clientAuthority: String) {
      self.port = port
      self.certificate = certificate
      self.key = key
      self.clientAuthority = clientAuthority
    }
  }

  /// The SQLite file of the books.
  public var store: String
  /// Where the issuer's keys are.
  public var keys: KeySource
  /// What a token must say.
  public var expectation: TokenVerifier.Expectation
  /// The address to listen on.
  public var host = "127.0.0.1"
  /// The port of the plain listener; 0 for one that is free.
  public var port = 3000
  /// The listener for partners; none without it.
  public var partner: Partner?
  /// The port of the metrics, always on this machine only; none without it.
  public var metricsPort: Int?
  /// How often a tenant may ask in a second; without it as often as it likes.
  public var requestsPerSecond: Int?

  /// Settings with nothing but defaults beside these.
  public init(store: String, keys: KeySource, expectation: TokenVerifier.Expectation) {
    self.store = store
    self.keys = keys
    self.expectation = expectation
  }
}
