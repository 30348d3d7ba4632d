using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;
using Mono.Cecil;
using Mono.Cecil.Cil;

// Lists what the compiled methods E0, E1 … call, those of their lambdas included: number, type, member.
static class CalledMembers
{
  static readonly Regex Number = new Regex("^E([0-9]+)$|<E([0-9]+)>");

  static void Main(string[] arguments)
  {
    var seen = new HashSet<string>();
    foreach (var type in ModuleDefinition.ReadModule(arguments[0]).GetTypes())
      foreach (var method in type.Methods)
      {
        var match = Number.Match(method.Name);
        if (!match.Success) match = Number.Match(type.Name);
        if (!match.Success || !method.HasBody) continue;
        var number = match.Groups[1].Success ? match.Groups[1].Value : match.Groups[2].Value;
        foreach (var instruction in method.Body.Instructions)
        {
          var member = instruction.Operand as MemberReference;
          if (member == null || member is TypeReference) continue;
          var line = number + " " + member.DeclaringType.GetElementType().FullName + " " + member.Name;
          if (seen.Add(line)) Console.WriteLine(line);
        }
      }
  }
}
