using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using HealthEquity.Admin.Commands;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HealthEquity.Tests.Architecture;

/// <summary>
/// The boundaries between the projects, and between the folders of each, which .github/ARCHITECTURE.md explains, and between the operators'
/// commands and the process.
/// </summary>
public sealed partial class BoundaryTests
{
    /// <summary>Each project, and the projects that it may refer to.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Directory"] = [],
        ["Search"] = ["Directory"],
        ["Store"] = ["Directory"],
        ["Formats"] = ["Directory", "Search"],
        ["Imports"] = ["Directory", "Search", "Store", "Formats"],
        ["Hosting"] = [],
        ["Api"] = ["Directory", "Search", "Store", "Formats", "Hosting"],
        ["Admin"] = ["Directory", "Search", "Store", "Formats", "Imports", "Hosting"],
    };

    private static readonly string Root = FindRoot();

    public static TheoryData<string> Projects => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_refers_only_to_the_projects_it_needs(string project)
    {
        // What the build only runs is not referred to.
        var references = XDocument.Load(ProjectFile(project)).Descendants("ProjectReference")
            .Where(r => r.Attribute("ReferenceOutputAssembly")?.Value != "false")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/'))["HealthEquity.".Length..]);

        Assert.Empty(references.Except(Allowed[project]));
    }

    [Fact]
    public void The_api_cannot_see_imports()
    {
        var seen = new HashSet<string>();
        var open = new Queue<string>(["Api"]);
        while (open.TryDequeue(out var project))
        {
            foreach (var next in Allowed[project].Where(seen.Add))
            {
                open.Enqueue(next);
            }
        }

        Assert.DoesNotContain("Imports", seen);
        Assert.DoesNotContain(Assembly.Load("HealthEquity.Api").GetReferencedAssemblies(), a => a.Name == "HealthEquity.Imports");
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void No_folder_of_a_project_depends_on_itself_through_others(string project)
    {
        var folder = Path.GetDirectoryName(ProjectFile(project))!;
        var sources = System.IO.Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(f => !Path.GetRelativePath(folder, f).Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
            .Select(File.ReadAllText);

        Assert.Null(new FolderGraph(sources).FindCycle());
    }

    [Fact]
    public void A_cycle_between_folders_is_found()
    {
        var graph = new FolderGraph(
        [
            "using P.B;\n\nnamespace P.A;\n\npublic class One { Two? Next; }\n",
            "using P.C;\n\nnamespace P.B;\n\npublic class Two { Three? Next; }\n",
            "namespace P.C;\n\npublic class Three;\n",
            "using P.A;\n\nnamespace P.C;\n\npublic class Four { One? Next; }\n",
        ]);

        Assert.Equal("P.A -> P.B -> P.C -> P.A", graph.FindCycle());
    }

    [Fact]
    public void A_cycle_between_a_folder_and_the_one_it_lies_in_is_found()
    {
        var graph = new FolderGraph(
        [
            "using P.A.Inner;\n\nnamespace P.A;\n\npublic class Outer { Nested? Next; }\n",
            "namespace P.A.Inner;\n\npublic class Nested { Outer? Next; }\n",
        ]);

        Assert.Equal("P.A -> P.A.Inner -> P.A", graph.FindCycle());
    }

    [Fact]
    public void Only_the_shell_of_the_commands_uses_the_output_and_the_folder_of_the_process()
    {
        var found = System.IO.Directory.EnumerateFiles(Path.Combine(Root, "admin", "Commands"), "*.cs")
            .Where(f => Path.GetFileNameWithoutExtension(f) != nameof(OperatorShell))
            .SelectMany(f => File.ReadLines(f).Index().Where(line => OfTheProcess().IsMatch(line.Item)).Select(line => $"{Path.GetFileName(f)}:{line.Index + 1}: {line.Item.Trim()}"))
            .ToList();

        Assert.True(found.Count == 0, $"Use {nameof(OperatorShell)} instead: {string.Join(Environment.NewLine, found)}");
    }

    [Fact]
    public void No_two_types_share_a_name()
    {
        // Page models repeat by the framework's convention: Index.cshtml has an IndexModel.
        var shared = Allowed.Keys.Select(p => Assembly.Load($"HealthEquity.{p}")).SelectMany(a => a.GetTypes())
            .Where(t => !t.IsNested && t.Namespace?.StartsWith("HealthEquity.", StringComparison.Ordinal) == true && !t.IsSubclassOf(typeof(PageModel)))
            .GroupBy(t => t.Name).Where(g => g.Count() > 1)
            .Select(g => string.Join(", ", g.Select(t => t.FullName)))
            .ToList();

        Assert.True(shared.Count == 0, $"Types with the same name: {string.Join("; ", shared)}");
    }

    [GeneratedRegex(@"\bConsole\.\w|\bEnvironment\.CurrentDirectory\b|\bGetCurrentDirectory\(|\bPath\.GetFullPath\(")]
    private static partial Regex OfTheProcess();

    private static string ProjectFile(string project) => project switch
    {
        "Api" => Path.Combine(Root, "api", "HealthEquity.Api.csproj"),
        "Admin" => Path.Combine(Root, "admin", "HealthEquity.Admin.csproj"),
        _ => Path.Combine(Root, "db", project, $"HealthEquity.{project}.csproj"),
    };

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "HealthEquity.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside a checkout.");
        }

        return folder.FullName;
    }
}
