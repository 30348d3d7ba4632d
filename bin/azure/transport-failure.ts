import { RestError } from '@azure/core-rest-pipeline';
import { AzureFailure, brokenAnswer, unexplained, unreachable, untrusted } from './errors';

/** @see https://nodejs.org/docs/latest-v20.x/api/tls.html#x509-certificate-error-codes */
const UNTRUSTED =
  /^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_\w+|HOSTNAME_MISMATCH|ERR_TLS_CERT_ALTNAME_INVALID)$/;
const UNREACHABLE =
  /^(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EPROTO|EPIPE|ERR_SSL_\w+)$/;

/** Why a request had no whole answer, from the code that the network gave. */
export function transportFailure({ code = '', message, response }: RestError, host: string): AzureFailure {
  if (UNTRUSTED.test(code)) {
    return untrusted(host, code);
  }
  if (code === RestError.PARSE_ERROR) {
    return brokenAnswer(response === undefined ? 'the connection broke off in the middle of it' : 'it is no JSON');
  }
  return UNREACHABLE.test(code) ? unreachable(host, code) : unexplained(message);
}
