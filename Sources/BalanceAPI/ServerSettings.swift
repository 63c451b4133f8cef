public import TokenAccess

/// The server's settings.
public struct ServerSettings: Sendable {
  /// The partner listener, which requires client certificates (mutual TLS).
  public struct Partner: Sendable {
    /// The port; 0 for any free port.
    public var port: Int
    /// The server's certificate and its intermediate certificates, PEM.
    public var certificate: String
    /// Its private key, PEM.
    public var key: String
    /// The authorities whose client certificates are accepted, PEM.
    public var clientAuthority: String

    /// A listener with these files.
    public init(port: Int, certificate: String, key: String, clientAuthority: String) {
      self.port = port
      self.certificate = certificate
      self.key = key
      self.clientAuthority = clientAuthority
    }
  }

  /// The SQLite file of the books.
  public var store: String
  /// The source of the issuer's key set.
  public var keys: KeySource
  /// How often the key set is fetched, and how long it is used without.
  public var keyTiming = KeySetCache.Timing()
  /// The issuer and the audience that tokens must have.
  public var expectation: TokenVerifier.Expectation
  /// The address to listen on.
  public var host = "127.0.0.1"
  /// The port of the plain listener; 0 for any free port.
  public var port = 3000
  /// The partner listener, if there is one.
  public var partner: Partner?
  /// The port of `/v1/metrics`, always on 127.0.0.1; `nil` for no metrics.
  public var metricsPort: Int?
  /// The most requests per second and tenant; `nil` for no limit.
  public var requestsPerSecond: Int?

  /// Settings with defaults for everything else.
  public init(store: String, keys: KeySource, expectation: TokenVerifier.Expectation) {
    self.store = store
    self.keys = keys
    self.expectation = expectation
  }
}
