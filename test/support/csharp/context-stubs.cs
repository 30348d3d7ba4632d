using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Newtonsoft.Json.Linq;

// API Management's context as the documentation describes it, filled from a specification in JSON.
public class MessageBody
{
  readonly string text;
  public MessageBody(string text) { this.text = text; }
  public T As<T>(bool preserveContent = false)
  {
    if (typeof(T) == typeof(string)) return (T)(object)text;
    if (typeof(T) == typeof(byte[])) return (T)(object)Encoding.UTF8.GetBytes(text);
    if (typeof(T) == typeof(JObject)) return (T)(object)JObject.Parse(text);
    if (typeof(T) == typeof(JArray)) return (T)(object)JArray.Parse(text);
    return (T)(object)JToken.Parse(text);
  }
}

public class Url
{
  readonly Uri uri;
  public Url(string text) { uri = new Uri(text); }
  public string Host { get { return uri.Host; } }
  public string Path { get { return uri.AbsolutePath; } }
  public int Port { get { return uri.Port; } }
  public string Scheme { get { return uri.Scheme; } }
  public string QueryString { get { return uri.Query; } }
  public IReadOnlyDictionary<string, string[]> Query
  {
    get
    {
      var pairs = uri.Query.TrimStart('?').Split('&').Where(pair => pair != "").Select(pair => pair.Split('='));
      return Stub.MultiValued(pairs.Select(pair => new[] { Uri.UnescapeDataString(pair[0]), pair.Length > 1 ? Uri.UnescapeDataString(pair[1].Replace('+', ' ')) : "" }));
    }
  }
}

public class Request
{
  public string Method;
  public IReadOnlyDictionary<string, string[]> Headers;
  public MessageBody Body;
  public Url Url, OriginalUrl;
  public string IpAddress;
  public IReadOnlyDictionary<string, string> MatchedParameters;
}

public class Response
{
  public int StatusCode;
  public string StatusReason;
  public IReadOnlyDictionary<string, string[]> Headers;
  public MessageBody Body;
}

public class LastError
{
  public string Source, Reason, Message, Section, Scope, Path, PolicyId;
}

public class Jwt
{
  readonly IReadOnlyDictionary<string, string[]> claims;
  public Jwt(IReadOnlyDictionary<string, string[]> claims) { this.claims = claims; }
  string First(string name) { string[] found; return claims.TryGetValue(name, out found) ? found.FirstOrDefault() : null; }
  public IReadOnlyDictionary<string, string[]> Claims { get { return claims; } }
  public IEnumerable<string> Audiences { get { string[] found; return claims.TryGetValue("aud", out found) ? found : new string[0]; } }
  public string Id { get { return First("jti"); } }
  public string Issuer { get { return First("iss"); } }
  public string Subject { get { return First("sub"); } }
}

public class Named
{
  public string Id, Name, Path, Key, Method, UrlTemplate, Region, ServiceName;
}

public class PolicyContext
{
  public Request Request = new Request();
  public Response Response;
  public LastError LastError;
  public IReadOnlyDictionary<string, object> Variables;
  public Named Subscription, Product;
  public Named Api = new Named { Id = "models", Name = "models", Path = "openai" };
  public Named Operation = new Named { Id = "chat", Name = "chat", Method = "POST", UrlTemplate = "/deployments/{deployment}/chat/completions" };
  public Named Deployment = new Named { Region = "local", ServiceName = "emulator" };
  public Guid RequestId = new Guid("0f8fad5b-d9cb-469f-a165-70867728950e");
  public DateTime Timestamp = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
  public TimeSpan Elapsed = TimeSpan.Zero;

  public PolicyContext(JObject given)
  {
    Request.Method = (string)given["method"];
    Request.Headers = Stub.Headers(given["headers"]);
    Request.Body = Stub.Body(given["body"]);
    Request.Url = new Url((string)given["url"]);
    Request.OriginalUrl = new Url((string)given["originalUrl"]);
    Request.IpAddress = (string)given["ipAddress"];
    Request.MatchedParameters = ((JObject)given["matchedParameters"]).Properties().ToDictionary(pair => pair.Name, pair => (string)pair.Value);
    Variables = ((JObject)given["variables"]).Properties().ToDictionary(pair => pair.Name, pair => Stub.Variable(pair.Value));
    var response = given["response"] as JObject;
    if (response != null)
      Response = new Response { StatusCode = (int)response["status"], StatusReason = (string)response["reason"], Headers = Stub.Headers(response["headers"]), Body = Stub.Body(response["body"]) };
    var error = given["lastError"] as JObject;
    if (error != null)
      LastError = new LastError { Source = (string)error["source"], Reason = (string)error["reason"], Message = (string)error["message"], Section = (string)error["section"], Scope = (string)error["scope"], Path = (string)error["path"] };
    var subscription = given["subscription"] as JObject;
    if (subscription != null)
    {
      Subscription = new Named { Id = (string)subscription["id"], Name = (string)subscription["name"], Key = "secret" };
      Product = new Named { Id = (string)subscription["productId"], Name = (string)subscription["productId"] };
    }
  }
}

static class Stub
{
  public static IReadOnlyDictionary<string, string[]> MultiValued(IEnumerable<string[]> pairs)
  {
    var values = new Dictionary<string, string[]>(StringComparer.OrdinalIgnoreCase);
    foreach (var pair in pairs)
      values[pair[0]] = values.ContainsKey(pair[0]) ? values[pair[0]].Concat(new[] { pair[1] }).ToArray() : new[] { pair[1] };
    return values;
  }

  public static IReadOnlyDictionary<string, string[]> Headers(JToken list)
  {
    return MultiValued(list.Select(pair => new[] { (string)pair[0], (string)pair[1] }));
  }

  public static MessageBody Body(JToken text)
  {
    return text.Type == JTokenType.Null ? null : new MessageBody((string)text);
  }

  public static object Variable(JToken given)
  {
    if (given.Type == JTokenType.String) return (string)given;
    if (given.Type == JTokenType.Boolean) return (bool)given;
    var pair = ((JObject)given).Properties().Single();
    switch (pair.Name)
    {
      case "int": return (int)pair.Value;
      case "long": return long.Parse((string)pair.Value);
      case "double": return (double)pair.Value;
      case "char": return ((string)pair.Value)[0];
      case "strings": return pair.Value.Select(text => (string)text).ToArray();
      case "json": return JToken.Parse((string)pair.Value);
      default: return new Jwt(((JObject)pair.Value).Properties().ToDictionary(claim => claim.Name, claim => claim.Value.Select(text => (string)text).ToArray()));
    }
  }
}

public static class ContextExtensions
{
  public static string GetValueOrDefault(this IReadOnlyDictionary<string, string[]> values, string name, string otherwise = null) { string[] found; return values.TryGetValue(name, out found) ? string.Join(",", found) : otherwise; }
  public static string GetValueOrDefault(this IReadOnlyDictionary<string, string> values, string name, string otherwise = null) { string found; return values.TryGetValue(name, out found) ? found : otherwise; }
  public static T GetValueOrDefault<T>(this IReadOnlyDictionary<string, object> values, string name, T otherwise) { object found; return values.TryGetValue(name, out found) ? (T)found : otherwise; }
  public static T GetValueOrDefault<T>(this IReadOnlyDictionary<string, object> values, string name) { object found; return values.TryGetValue(name, out found) ? (T)found : default(T); }
}
