import { unsupportedUse } from '../exceptions';
import { Invocation } from '../invocation';
import { JArray, JObject, JToken } from '../json';
import { Value } from '../values';

const PATH_PART = /\.?([A-Za-z_$][\w$-]*)|\[(\d+)\]|\['([^']*)'\]/y;

/** `SelectToken` for paths of names and positions: `choices[0].message.content`. */
export function selectToken(start: JToken, call: Invocation): Value {
  const path = call.text(0);
  let token: JToken | undefined = start;
  let at = path.startsWith('$') ? 1 : 0;
  while (at < path.length) {
    PATH_PART.lastIndex = at;
    const part = PATH_PART.exec(path);
    if (!part) {
      throw unsupportedUse(`the JSON path '${path}'`);
    }
    const [whole, name, position, quotedName] = part;
    at += whole.length;
    const key = name ?? quotedName;
    if (key === undefined) {
      token = token instanceof JArray ? token.items[Number(position)] : undefined;
    } else {
      token = token instanceof JObject ? token.properties.get(key) : undefined;
    }
    if (token === undefined) {
      return null;
    }
  }
  return token;
}
