using System.Collections;
using System.Reflection;
using HealthEquity.Directory.Entries;

namespace HealthEquity.Tests.Formats.Exports;

/// <summary>Entries of every kind with any values that the types of their members allow, or none.</summary>
internal sealed class HostileEntries(int seed)
{
    private static readonly string[] Texts =
    [
        "", " ", "\n", "plain", "two\nlines", "Windows\r\nlines", "\rreturn", "tab\there", "=1+1", "+1305555", "-1", "-x", "@cmd", "'", "''", "'=1", "'plain", "'+5", "''+5x",
        "=HYPERLINK(\"http://example.org\",\"x\")", "\"quoted\"", "a,b", "a;b", "a; b", ";", "\\", "a\\", "\\0", "\\;", " edges ", "edge\n", "0123", "007.50", "1e5",
        "TRUE", "null", "{}", "[]", "2026-02-03", "שלום עולם", "مرحبا", "‮right to left", "😀", "👩‍👩‍👧", "é", "é", "_x0041_", "_x000D_", "\u0001", "\0", "\uFFFE", "\u007F", "\u2028", "﻿", " nbsp ",
        "＝1", "$=1+1", "=cmd|' /C calc'!A0", "1;2", "#N/A", "monday 09:00-17:00", "more.1", new string('x', 33_000), new string('й', 70_000),
    ];

    private readonly Random _random = new(seed);

    /// <summary>An entry of a kind.</summary>
    public Entry Of(EntryKind kind)
    {
        var type = typeof(Entry).Assembly.GetTypes().Single(t => t.IsSubclassOf(typeof(Entry)) && !t.IsAbstract && t.Name == kind.ToString());
        return (Entry)Filled(type);
    }

    private object Filled(Type type)
    {
        var made = Activator.CreateInstance(type)!;
        var nullability = new NullabilityInfoContext();
        foreach (var property in type.GetProperties().Where(p => p.CanWrite && !p.IsDefined(typeof(PublicOnlyAttribute))))
        {
            var optional = nullability.Create(property).ReadState == NullabilityState.Nullable;
            property.SetValue(made, optional && _random.Next(3) == 0 ? null : Value(property.PropertyType));
        }

        return made;
    }

    private object Value(Type declared)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (!type.IsGenericType)
        {
            return One(type);
        }

        var item = type.GetGenericArguments()[0];
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
        for (var left = _random.Next(6); left > 0; left--)
        {
            list.Add(One(item));
        }

        return list;
    }

    private object One(Type type) => type switch
    {
        _ when type == typeof(string) => Texts[_random.Next(Texts.Length - (_random.Next(10) == 0 ? 0 : 2))],
        _ when type == typeof(bool) => _random.Next(2) == 0,
        _ when type == typeof(int) => _random.Next(-5, int.MaxValue),
        _ when type == typeof(decimal) => new decimal(_random.Next(), 0, 0, _random.Next(2) == 0, (byte)_random.Next(5)),
        _ when type == typeof(double) => (_random.NextDouble() - 0.5) * 360,
        _ when type == typeof(DateOnly) => DateOnly.FromDayNumber(_random.Next(800_000)),
        _ when type == typeof(TimeOnly) => new TimeOnly(_random.Next(24), _random.Next(60)),
        _ when type == typeof(DateTime) => new DateTime(_random.NextInt64(DateTime.MaxValue.Ticks), (DateTimeKind)_random.Next(2)),
        _ when type == typeof(Guid) => Guid.NewGuid(),
        { IsEnum: true } => Enum.GetValues(type).GetValue(_random.Next(Enum.GetValues(type).Length))!,
        _ => Filled(type),
    };
}
