import { csharpString } from '../../policy/csharp-string';
import { deleteHeader, onlyWhen, read, setHeader, setVariable } from '../../policy/node-builders';
import { expression, PolicyNode, statements } from '../../policy/policy-document';
import { v1Operations } from './operations';

const FORMS = v1Operations.filter(({ multipart }) => multipart).map(({ urlTemplate }) => urlTemplate);

/** C# that puts a deployment's name where the variables `text` and `span` say. */
const withModel = (name: string): string =>
  `text.Substring(0,int.Parse(span[0]))+span[2]+${name}+span[3]+text.Substring(int.Parse(span[1]))`;

/** Before anything is known: no text, no place in it. */
export const noModel: readonly PolicyNode[] = [
  setVariable('text', expression('""')),
  setVariable('span', expression('""')),
];

/**
 * Sets `text` to the request's body and `span` to the place of its model: start, end, what goes before and after the
 * name, divided by `|`; empty where the body cannot be used.
 *
 * The place is found in the text, and the text around it stays as it is: a round trip through `JObject` would rewrite
 * numbers and whatever looks like a date. The result is then read by Newtonsoft's parser, which is more lenient than
 * Azure's: comments, quotes of other kinds, escaped or repeated keys cannot hide a second model from it.
 */
export function findModel(): PolicyNode[] {
  const isForm = FORMS.map((template) => `context.Operation.UrlTemplate==${csharpString(template)}`).join('||');
  const text = `context.Request.Body==null||${isForm}?"":(context.Request.Body.As<string>(preserveContent:true)??"")`;
  return [setVariable('text', expression(text)), setVariable('span', statements(FIND))];
}

const FIND =
  `var text=${read('text')};try{` +
  "var quote=new[]{'\"','\\\\'};var marks=new[]{'\"','{','}','[',']'};" +
  'var at=0;var depth=0;var start=-1;var end=-1;' +
  'while(start<0&&(at=text.IndexOfAny(marks,at))>=0){var mark=text[at];' +
  "if(mark=='{'||mark=='['){depth++;at++;}else if(mark=='}'||mark==']'){depth--;at++;}else{" +
  "var close=text.IndexOfAny(quote,at+1);while(text[close]=='\\\\'){close=text.IndexOfAny(quote,close+2);}" +
  'var isKey=depth==1&&text.Substring(at+1,close-at-1)=="model";var key=at;at=close+1;' +
  "if(isKey){var next=at;while(char.IsWhiteSpace(text[next])){next++;}if(text[next]==':'){next++;while(char.IsWhiteSpace(text[next])){next++;}" +
  'if(text[next]!=\'"\'){return "";}start=next;end=text.IndexOf(\'"\',next+1)+1;' +
  // Without this key there is no model left, and lenient reading of it gives the text that stands there.
  'if((string)JObject.Parse(text)["model"]!=text.Substring(start+1,end-start-2)||' +
  'JObject.Parse(text.Substring(0,key)+"\\"|\\""+text.Substring(at)).Properties().Any(p=>p.Name.ToLowerInvariant()=="model")){return "";}}}}}' +
  'var before="\\"";var after="\\"";' +
  'if(start<0){start=text.IndexOf(\'{\')+1;end=start;before="\\"model\\":\\"";after=text.Substring(end).TrimStart()[0]==\'}\'?"\\"":"\\",";}' +
  'var span=new[]{start.ToString(),end.ToString(),before,after};' +
  `var json=JObject.Parse(${withModel('"|"')});` +
  'if(json.Properties().Count(p=>p.Name.ToLowerInvariant()=="model")!=1||(string)json["model"]!="|"){return "";}' +
  'return string.Join("|",span);}catch(Exception){return "";}';

/**
 * Writes the name of the chosen deployment into the body, for each attempt anew. It was read as JSON, so it is sent as JSON,
 * whatever the caller called it.
 */
export function rewriteModel(): PolicyNode {
  return onlyWhen(`${read('text')}!=""`, [
    {
      kind: 'set-body',
      body: statements(
        `var text=${read('text')};var span=(${read('span')}).Split('|');return ${withModel(read('deployment'))};`,
      ),
    },
    setHeader('Content-Type', 'application/json'),
    deleteHeader('Content-Encoding'),
  ]);
}
