import { describeJsonError } from '../../lib/contracts/json-syntax';
import { brokenAnswer } from './errors';

/** The value that an answer of Azure holds. @throws if it is no JSON */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw brokenAnswer(
      /^\s*</.test(text)
        ? 'it is a web page, such as a proxy or a login shows'
        : `it is no JSON (${describeJsonError(text)})`,
    );
  }
}
