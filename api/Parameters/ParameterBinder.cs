using System.Text.Json;
using FastEndpoints;
using FluentValidation.Results;
using HealthEquity.Api.Json;
using HealthEquity.Api.Problems;

namespace HealthEquity.Api.Parameters;

/// <summary>
/// Fills a request from the path and the query, or from the path and a JSON body. Values mean the same either way. Unknown names and values are
/// errors that suggest the closest match.
/// </summary>
/// <typeparam name="TRequest">The request, a record whose properties are its parameters.</typeparam>
public sealed class ParameterBinder<TRequest> : IRequestBinder<TRequest>
    where TRequest : notnull, new()
{
    private const int MaxValues = 50;

    private const string MoreThanOnce = "must be given only once.";

    private static readonly ParameterSet Parameters = ParameterSet.Of(typeof(TRequest));

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8 };

    /// <inheritdoc/>
    public async ValueTask<TRequest> BindAsync(BinderContext ctx, CancellationToken ct)
    {
        var http = ctx.HttpContext;
        var values = http.RequestServices.GetRequiredService<ParameterValues>();
        var request = new TRequest();
        foreach (var (name, value) in http.Request.RouteValues)
        {
            if (Parameters.Find(name) is { } parameter && value is string text)
            {
                parameter.Set(request, text);
            }
        }

        ReadQuery(request, http, values, ctx.ValidationFailures);
        if (HttpMethods.IsPost(http.Request.Method))
        {
            await ReadBodyAsync(request, http, values, ctx.ValidationFailures, ct);
        }

        return request;
    }

    /// <summary>Fills a request from names and values, as a page's form sends them; an unknown name is an error.</summary>
    /// <param name="given">Names and values; a repeated name is a list.</param>
    /// <param name="values">Reads values.</param>
    /// <param name="failures">What is wrong is added here.</param>
    internal static TRequest Read(IEnumerable<KeyValuePair<string, string>> given, ParameterValues values, List<ValidationFailure> failures)
    {
        var request = new TRequest();
        foreach (var group in given.GroupBy(g => g.Key, g => g.Value, StringComparer.Ordinal))
        {
            if (Parameters.Find(group.Key) is { } parameter)
            {
                Fill(request, parameter, values, [.. group], failures);
            }
            else
            {
                failures.Add(Unknown(group.Key));
            }
        }

        return request;
    }

    private static void ReadQuery(TRequest request, HttpContext http, ParameterValues values, List<ValidationFailure> failures)
    {
        if (!http.Request.QueryString.HasValue)
        {
            return;
        }

        var inBody = HttpMethods.IsPost(http.Request.Method);
        foreach (var (name, given) in http.Request.Query)
        {
            var parameter = Parameters.Find(name);
            if (inBody)
            {
                failures.Add(new(Quoted.Of(name), "must be in the body of a POST, not in the address."));
            }
            else if (parameter is null || http.Request.RouteValues.ContainsKey(parameter.Name))
            {
                failures.Add(Unknown(name));
            }
            else
            {
                Fill(request, parameter, values, [.. given.Select(v => v ?? "")], failures);
            }
        }
    }

    private static async Task ReadBodyAsync(
        TRequest request, HttpContext http, ParameterValues values, List<ValidationFailure> failures, CancellationToken cancellation)
    {
        var body = await RequestBody.ReadAsync(http, cancellation);
        if (body.Length == 0)
        {
            return;
        }

        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                failures.Add(new("", "The body must be a JSON object, such as {\"q\":\"clinic\"}."));
                return;
            }

            var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (!seen.Add(member.Name))
                {
                    failures.Add(new(Shown(member.Name), MoreThanOnce));
                }
                else if (Parameters.Find(member.Name) is not { } parameter || http.Request.RouteValues.ContainsKey(parameter.Name))
                {
                    failures.Add(Unknown(member.Name));
                }
                else if (ReadMember(parameter, member.Value, out var given) is { } fault)
                {
                    failures.Add(new(parameter.Name, fault));
                }
                else
                {
                    Fill(request, parameter, values, given, failures);
                }
            }
        }
        catch (InvalidOperationException)
        {
            // An unpaired surrogate escape is well-formed JSON, but not valid text.
            failures.Add(new("", "The body has an escape sequence that is not a character."));
        }
        catch (JsonException fault)
        {
            failures.Add(new("", $"The body is not valid JSON (line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1})."));
        }
    }

    private static string? ReadMember(Parameter parameter, JsonElement value, out IReadOnlyList<string> given)
    {
        given = [];
        if (value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (!parameter.IsList)
        {
            given = [Text(value)];
            return Fits(parameter, value) ? null : $"must be {Wanted(parameter)}.";
        }

        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(v => !Fits(parameter, v)))
        {
            return "must be a list of strings, such as [\"es\"].";
        }

        given = [.. value.EnumerateArray().Select(Text)];
        return null;
    }

    private static string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static bool Fits(Parameter parameter, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => IsNumber(parameter),
        JsonValueKind.True or JsonValueKind.False => parameter.ValueType == typeof(bool),
        JsonValueKind.String => !IsNumber(parameter) && parameter.ValueType != typeof(bool),
        _ => false,
    };

    private static bool IsNumber(Parameter parameter) =>
        parameter.ValueType == typeof(int) || parameter.ValueType == typeof(long) || parameter.ValueType == typeof(double);

    private static string Wanted(Parameter parameter) =>
        IsNumber(parameter) ? "a number" : parameter.ValueType == typeof(bool) ? "true or false" : "a string";

    private static void Fill(
        TRequest request, Parameter parameter, ParameterValues values, IReadOnlyList<string> given, List<ValidationFailure> failures)
    {
        if (given.Count == 0)
        {
            return;
        }

        if (!parameter.IsList && given.Count > 1)
        {
            failures.Add(new(parameter.Name, MoreThanOnce));
            return;
        }

        if (given.Any(string.IsNullOrWhiteSpace))
        {
            failures.Add(new(parameter.Name, "is empty. Enter a value, or omit it."));
            return;
        }

        if (given.Count > MaxValues)
        {
            failures.Add(new(parameter.Name, $"has more than {MaxValues} values."));
            return;
        }

        var read = new List<string>(given.Count);
        foreach (var text in given)
        {
            if (values.Read(Parameters, parameter, text, out var value) is { } fault)
            {
                failures.Add(new(parameter.Name, fault));
            }
            else if (!parameter.IsList)
            {
                parameter.Set(request, value);
            }
            else if (!read.Contains((string)value!))
            {
                read.Add((string)value!);
            }
        }

        if (parameter.IsList)
        {
            parameter.Set(request, read);
        }
    }

    private static string Shown(string name) => Quoted.Of(name).Trim('\'');

    private static ValidationFailure Unknown(string name)
    {
        var nearest = Nearest.Of(name, Parameters.All.Select(p => p.Name));
        return new(
            Shown(name),
            nearest is null ? "Unknown parameter. See /docs for the parameters." : $"Unknown parameter. Did you mean '{nearest}'?");
    }
}
