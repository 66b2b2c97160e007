using System.Collections;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NJsonSchema.CodeGeneration.CSharp;
using NSwag;
using NSwag.CodeGeneration.CSharp;

namespace HealthEquity.Tests.Api.OpenApi;

/// <summary>A partner's first hour: generate a typed client from the document, compile it, and call the API with it.</summary>
public sealed class CSharpClientTests(DirectoryApi api)
{
    private static readonly Lazy<Task<Assembly>> Compiled = new(async () => Compile(await GenerateAsync()));

    private static DirectoryApi? _api;

    [Fact]
    public async Task The_generated_client_lists_gets_and_searches()
    {
        var client = await ClientAsync();
        var list = await CallAsync(client, "ListProvidersAsync", ("specialty", new[] { "trauma" }), ("lang", "en"));
        var provider = Items(list).Single();
        Assert.Equal("Provider", provider.GetType().Name);
        Assert.Equal("Clínica del Sol", Get(provider, "Name"));
        Assert.Equal("+13055550101", Get(Items(provider, "Phones").Single(), "Number"));
        Assert.Equal(1, Get(Get(list, "Page")!, "TotalItems"));

        var entry = await CallAsync(client, "GetAttorneyAsync", ("idOrSlug", "ana-abogada"));
        Assert.Equal(["asylum"], (IEnumerable<string>)Get(entry, "PracticeAreas")!);

        var search = await CallAsync(client, "SearchEntriesAsync", ("kind", new[] { "event", "material", "policyAction" }), ("pageSize", 50));
        Assert.Equal(["Event", "Material", "PolicyAction"], Items(search).Select(i => i.GetType().Name).Distinct().Order());

        var body = Activator.CreateInstance(client.GetType().Assembly.GetTypes().Single(t => t.Name == "ListProvidersRequest"))!;
        body.GetType().GetProperty("Specialty")!.SetValue(body, new List<string> { "war" });
        var found = await CallAsync(client, "SearchProvidersAsync", ("body", body));
        Assert.Equal("Harbor Counseling", Get(Items(found).Single(), "Name"));
    }

    [Fact]
    public async Task The_generated_client_follows_changes_and_reads_vocabularies_and_adoptions()
    {
        var client = await ClientAsync();
        var changes = await CallAsync(client, "ListChangesAsync", ("after", 0L), ("limit", 100));
        Assert.Equal(14, Items(changes).Count());
        Assert.Contains(Items(changes), c => Get(c, "Entry")?.GetType().Name == "Organization");
        Assert.Contains(Items(changes), c => Get(c, "Withdrawn") is true && Get(c, "Entry") is null);

        var vocabulary = await CallAsync(client, "GetVocabularyAsync", ("name", "cost"), ("lang", "es"));
        Assert.Contains(Items(vocabulary, "Terms"), t => (string)Get(t, "Code")! == "slidingScale" && (string)Get(t, "Language")! == "es");

        Assert.Equal(3, Items(await CallAsync(client, "ListAdoptionsAsync")).Count());
        Assert.NotEmpty(Items(await CallAsync(client, "GetAdoptionMatrixAsync"), "Jurisdictions"));
        Assert.Equal("ready", Get(await CallAsync(client, "GetReadinessAsync"), "Status"));
    }

    [Fact]
    public async Task The_generated_client_throws_the_problem()
    {
        var client = await ClientAsync();
        var fault = await Assert.ThrowsAnyAsync<Exception>(() => CallAsync(client, "ListProvidersAsync", ("specialty", new[] { "tramua" })));
        Assert.Equal(400, Get(fault, "StatusCode"));
        var problem = Get(fault, "Result")!;
        Assert.Equal("Problem", problem.GetType().Name);
        var errors = (IDictionary)Get(problem, "Errors")!;
        Assert.Contains("'trauma'", ((IEnumerable<string>)errors["specialty"]!).Single(), StringComparison.Ordinal);

        var gone = await Assert.ThrowsAnyAsync<Exception>(() => CallAsync(client, "GetProviderAsync", ("idOrSlug", "closed-practice")));
        Assert.Equal("withdrawn", Get(Get(gone, "Result")!, "Reason"));
    }

    private static async Task<string> GenerateAsync()
    {
        var json = (await DocumentTests.DocumentAsync(_api!)).ToJsonString();
        var settings = new CSharpClientGeneratorSettings { ClassName = "DirectoryClient", UseBaseUrl = false };
        settings.CSharpGeneratorSettings.Namespace = "Partner";
        settings.CSharpGeneratorSettings.JsonLibrary = CSharpJsonLibrary.SystemTextJson;
        settings.CSharpGeneratorSettings.GenerateNullableReferenceTypes = true;
        settings.CSharpGeneratorSettings.GenerateOptionalPropertiesAsNullable = true;
        settings.CSharpGeneratorSettings.ArrayType = settings.CSharpGeneratorSettings.ArrayInstanceType = settings.CSharpGeneratorSettings.ArrayBaseType = "System.Collections.Generic.List";
        settings.CSharpGeneratorSettings.DateType = "System.DateOnly";
        return new CSharpClientGenerator(await OpenApiDocument.FromJsonAsync(json), settings).GenerateFile();
    }

    private static Assembly Compile(string source)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(p) is "netstandard.dll" or "mscorlib.dll")
            .Select(p => MetadataReference.CreateFromFile(p));
        var compilation = CSharpCompilation.Create(
            "Partner",
            [CSharpSyntaxTree.ParseText(source)],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var assembly = new MemoryStream();
        var result = compilation.Emit(assembly);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(10)));
        assembly.Position = 0;
        return new AssemblyLoadContext("Partner", isCollectible: false).LoadFromStream(assembly);
    }

    private async Task<object> ClientAsync()
    {
        _api = api;
        var type = (await Compiled.Value).GetTypes().Single(t => t.Name == "DirectoryClient");
        return Activator.CreateInstance(type, (await api.SharedAsync()).Client)!;
    }

    /// <summary>Calls a method by name with named arguments; others have their defaults.</summary>
    private static async Task<object> CallAsync(object client, string method, params (string Name, object Value)[] arguments)
    {
        var found = client.GetType().GetMethods().Where(m => m.Name == method).MaxBy(m => m.GetParameters().Length)!;
        var values = found.GetParameters().Select(p =>
        {
            var given = arguments.Where(a => a.Name == p.Name).Select(a => a.Value).SingleOrDefault();
            return given is null && p.ParameterType.IsValueType ? Activator.CreateInstance(p.ParameterType) : Convert(given, p.ParameterType);
        }).ToArray();
        Assert.All(arguments, a => Assert.Contains(a.Name, found.GetParameters().Select(p => p.Name)));
        var task = (Task)found.Invoke(client, values)!;
        await task;
        return Get(task, "Result")!;
    }

    /// <summary>Passes enumerations of the client by name.</summary>
    private static object? Convert(object? given, Type type)
    {
        if (given is not string[] texts || !type.IsGenericType)
        {
            return given;
        }

        var element = type.GetGenericArguments()[0];
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element))!;
        foreach (var text in texts)
        {
            list.Add(element.IsEnum ? Enum.Parse(element, text, ignoreCase: true) : text);
        }

        return list;
    }

    private static IEnumerable<object> Items(object holder, string name = "Items") => ((IEnumerable)Get(holder, name)!).Cast<object>();

    private static object? Get(object holder, string name) =>
        (holder.GetType().GetProperty(name) ?? throw new MissingMemberException(holder.GetType().Name, name)).GetValue(holder);
}
