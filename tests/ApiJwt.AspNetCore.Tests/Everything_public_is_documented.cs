using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace Hudya.Tests.AspNetCore;

/// <summary>The compiler requires summaries and parameters. These tests require the other parts of the documentation.</summary>
public class Everything_public_is_documented
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static TheoryData<string> Packages { get; } = ["ApiJwt", "ApiJwt.AspNetCore", "ApiJwt.OpenApi", "ApiJwt.Redis", "ApiJwt.Testing"];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Every_method_documents_what_it_returns_and_that_it_refuses_null(string package) => string.Join('\n', Types(package, out Dictionary<string, XElement> documents)
        .SelectMany(type => type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared)))
        .Where(IsOffered).SelectMany(method => Missing(method, documents))).Should().BeEmpty();

    [Theory]
    [MemberData(nameof(Packages))]
    public void Every_class_documents_its_thread_safety(string package) => string.Join('\n', Types(package, out Dictionary<string, XElement> documents)
        .Where(type => type.IsClass && !(type.IsAbstract && type.IsSealed) && !type.IsAssignableTo(typeof(Exception)) && !type.IsAssignableTo(typeof(Attribute)) && !type.IsAssignableTo(typeof(EventArgs)))
        .Where(type => !documents[$"T:{type.FullName}"].Value.Contains("hread-safe", StringComparison.Ordinal))
        .Select(type => type.Name)).Should().BeEmpty();

    private static IEnumerable<string> Missing(MethodBase method, Dictionary<string, XElement> documents)
    {
        string id = IdOf(method);
        XElement document = documents[id];
        if (document.Elements("inheritdoc").Any(inherited => inherited.Attribute("path") is null))
            yield break;
        if (method is MethodInfo { ReturnType: var type } && type != typeof(void) && type != typeof(Task) && !All("returns").Any())
            yield return $"{id}: returns";
        var nullability = new NullabilityInfoContext();
        bool takesObjects = method.GetParameters().Any(parameter => !parameter.ParameterType.IsValueType && nullability.Create(parameter).WriteState == NullabilityState.NotNull);
        if (takesObjects && !All("exception").Any(exception => exception.Attribute("cref")?.Value == "T:System.ArgumentNullException"))
            yield return $"{id}: ArgumentNullException";

        IEnumerable<XElement> All(string element) => document.Elements(element).Concat(document.Elements("inheritdoc")
            .Where(inherited => inherited.Attribute("path")?.Value == $"/{element}").SelectMany(inherited => documents[inherited.Attribute("cref")!.Value].Elements(element)));
    }

    /// <summary>Whether users can call the method and it needs its own documentation. Generated members and overrides do not.</summary>
    private static bool IsOffered(MethodBase method) =>
        (method.IsPublic || method.IsFamily)
        && !method.IsDefined(typeof(CompilerGeneratedAttribute))
        && (method is ConstructorInfo ? method.GetParameters().Length > 0 : !method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal))
        && !(method is MethodInfo overriding && overriding.GetBaseDefinition() != overriding)
        && !(method.IsFinal && method.IsVirtual)
        && !method.DeclaringType!.IsAssignableTo(typeof(Exception))
        && !method.DeclaringType!.GetMethods(Declared).Any(member => member.Name == "<Clone>$");

    private static IEnumerable<Type> Types(string package, out Dictionary<string, XElement> documents)
    {
        documents = XDocument.Load(Path.Combine(AppContext.BaseDirectory, $"{package}.xml")).Descendants("member").ToDictionary(member => member.Attribute("name")!.Value);
        return Assembly.Load(package).GetExportedTypes().Where(type => !type.IsEnum);
    }

    // The id in the documentation file (C# specification, annex D.4.2).
    private static string IdOf(MethodBase method)
    {
        string name = method.IsConstructor ? "#ctor" : method.Name;
        string arity = method.IsGenericMethod ? $"``{method.GetGenericArguments().Length}" : "";
        string parameters = string.Join(',', method.GetParameters().Select(parameter => IdOf(parameter.ParameterType)));
        string returned = method is MethodInfo { Name: "op_Implicit" or "op_Explicit" } conversion ? $"~{IdOf(conversion.ReturnType)}" : "";
        return $"M:{method.DeclaringType!.FullName}.{name}{arity}{(parameters.Length > 0 ? $"({parameters})" : "")}{returned}";
    }

    private static string IdOf(Type type) => type switch
    {
        { IsGenericMethodParameter: true } => $"``{type.GenericParameterPosition}",
        { IsGenericParameter: true } => $"`{type.GenericParameterPosition}",
        { IsArray: true } => $"{IdOf(type.GetElementType()!)}[]",
        { IsByRef: true } => $"{IdOf(type.GetElementType()!)}@",
        { IsGenericType: true } => $"{type.GetGenericTypeDefinition().FullName!.Split('`')[0]}{{{string.Join(',', type.GetGenericArguments().Select(IdOf))}}}",
        _ => type.FullName!,
    };
}
