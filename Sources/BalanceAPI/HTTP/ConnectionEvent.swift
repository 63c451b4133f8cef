/// What ended a connection otherwise than with the answer to a request, for log and metrics.
enum ConnectionEvent {
  case refused(Problem.Code, TraceID)
  case handshakeFailed(String)
}
