using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

static class Program
{
/*METHODS*/

  static void Main(string[] arguments)
  {
    Thread.CurrentThread.CurrentCulture = CultureInfo.InvariantCulture;
    var expressions = new Func<PolicyContext, object>[] { /*EXPRESSIONS*/ };
    var reader = new JsonTextReader(new StreamReader(arguments[0])) { DateParseHandling = DateParseHandling.None };
    foreach (JObject call in JArray.Load(reader))
    {
      string kind = "value", type, text;
      try
      {
        var value = expressions[(int)call["expression"]](new PolicyContext((JObject)call["context"]));
        type = value == null ? "null" : value.GetType().Name;
        text = value == null ? "" : value is string[] ? string.Join("\u001f", (string[])value) : Convert.ToString(value, CultureInfo.InvariantCulture);
      }
      catch (Exception exception)
      {
        kind = "exception";
        type = exception.GetType().Name;
        text = "";
      }
      Console.WriteLine(kind + " " + type + " " + Convert.ToBase64String(Encoding.UTF8.GetBytes(text)));
    }
  }
}
