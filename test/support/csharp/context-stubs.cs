using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Newtonsoft.Json.Linq;

// Just enough of API Management's context for the expressions that are compared.
public class Headers
{
  readonly Dictionary<string, string[]> values = new Dictionary<string, string[]>(StringComparer.OrdinalIgnoreCase)
  {
    { "x-ai-model", new[] { "gpt-5.1@2025-11-13" } },
    { "x-many", new[] { "a", "b" } },
    { "Retry-After", new[] { "12" } },
    { "Cache-Control", new[] { "public, max-age=60" } },
  };
  public string GetValueOrDefault(string name, string otherwise) { string[] found; return values.TryGetValue(name, out found) ? string.Join(",", found) : otherwise; }
  public bool ContainsKey(string name) { return values.ContainsKey(name); }
  public bool TryGetValue(string name, out string[] found) { return values.TryGetValue(name, out found); }
  public string[] this[string name] { get { return values[name]; } }
}

public class MessageBody
{
  public T As<T>(bool preserveContent = false)
  {
    var text = "{\"model\":\"gpt-4o\",\"n\":2,\"temperature\":0.5,\"stream\":true,\"stop\":null,\"messages\":[{\"role\":\"user\",\"content\":\"h\u00e9llo\"}]}";
    return typeof(T) == typeof(string) ? (T)(object)text : (T)(object)JObject.Parse(text);
  }
}

public class Request
{
  public Headers Headers = new Headers();
  public MessageBody Body = new MessageBody();
  public string Method = "POST";
}

public class Response
{
  public int StatusCode = 429;
  public Headers Headers = new Headers();
}

public class PolicyContext
{
  public Request Request = new Request();
  public Response Response = new Response();
  public Response LastError = null;
  public Dictionary<string, object> Variables = new Dictionary<string, object>
  {
    { "i", 7 }, { "j", -3 }, { "zero", 0 }, { "big", 2147483647 }, { "l", 5000000000L }, { "d", 2.5 }, { "b", true },
    { "s", "text" }, { "n", "42" }, { "c", 'x' }, { "json", new JObject(new JProperty("a", 1)) },
  };
}

public static class ContextExtensions
{
  public static T GetValueOrDefault<T>(this Dictionary<string, object> values, string name, T otherwise) { object found; return values.TryGetValue(name, out found) ? (T)found : otherwise; }
  public static T GetValueOrDefault<T>(this Dictionary<string, object> values, string name) { object found; return values.TryGetValue(name, out found) ? (T)found : default(T); }
}
