/// The limits on a connection's time and memory.
enum ConnectionLimits {
  /// From the first byte of a request to its last.
  static let request = Duration.seconds(15)
  /// From there to the response. Everything that a response waits for times out sooner.
  static let response = Duration.seconds(30)
  /// From a response to the first byte of the next request, and for the client to read responses.
  static let idle = Duration.seconds(60)
  /// From sending the last response to closing the connection.
  static let linger = Duration.seconds(1)
  /// The number of pipelined requests answered before other connections have their turn.
  static let responsesPerTurn = 8
  /// The number of parts of requests that may be queued: more than the system's buffer can hold.
  static let queuedInputsMax = 32_768

  /// The size of the system's receive buffer, in bytes. The system doubles it.
  static let receiveBufferBytes = 65_536
  /// The most bytes of a message that may be undecoded: more than the header fields may have.
  static let undecodedBytesMax = 131_072
}
