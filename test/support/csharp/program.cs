using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

static class Program
{
/*METHODS*/

  static void Main()
  {
    Thread.CurrentThread.CurrentCulture = CultureInfo.InvariantCulture;
    var calls = new Func<PolicyContext, object>[] { /*CALLS*/ };
    foreach (var call in calls)
    {
      string kind = "value", type, text;
      try
      {
        var value = call(new PolicyContext());
        type = value == null ? "null" : value.GetType().Name;
        text = value == null ? "" : Convert.ToString(value, CultureInfo.InvariantCulture);
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
