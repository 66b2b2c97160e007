using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace HealthEquity.Search.Questions;

/// <summary>
/// Compiled expressions as a file. The build writes it from the lists, so that no program has to read them at its start. It is only for the
/// program it was built with.
/// </summary>
internal static class ExpressionFile
{
    private const string Resource = "HealthEquity.Search.Questions.expressions.bin";

    /// <summary>The expressions that ship, in all languages.</summary>
    public static CompiledExpressions Shipped()
    {
        using var stream = typeof(ExpressionFile).Assembly.GetManifestResourceStream(Resource)!;
        return Read(stream);
    }

    /// <summary>Writes expressions.</summary>
    public static void Write(CompiledExpressions expressions, Stream stream)
    {
        using var file = new BinaryWriter(new BrotliStream(stream, CompressionLevel.Optimal, leaveOpen: true), Encoding.UTF8);
        Write(file, expressions.Words.Letters);
        Write(file, expressions.Words.Ends);
        Write(file, expressions.Letters);
        Write(file, expressions.NeedWords);
        Write(file, expressions.Prepositions);
        Write(file, expressions.Code);
        Write(file, expressions.Accents);
        Write(file, expressions.Heads);
        Write(file, [.. expressions.Meanings.Select(m => string.Join(' ', m))]);
        Write(file, expressions.Languages);
        Write(file, expressions.ByWord);
        Write(file, expressions.Runs);
        Write(file, expressions.ByList);
        Write(file, expressions.AnyOrder);
    }

    /// <summary>Reads expressions.</summary>
    public static CompiledExpressions Read(Stream stream)
    {
        using var file = new BinaryReader(new BrotliStream(stream, CompressionMode.Decompress, leaveOpen: true), Encoding.UTF8);
        // In the order in which they were written.
        return new CompiledExpressions
        {
            Words = new WordTable(Read<char>(file), Read<int>(file)),
            Letters = Read<char>(file),
            NeedWords = ReadGrouped<int>(file),
            Prepositions = ReadTexts(file),
            Code = Read<int>(file),
            Accents = Read<ushort>(file),
            Heads = Read<ExpressionHead>(file),
            Meanings = [.. ReadTexts(file).Select(IReadOnlyList<Meaning> (m) => [.. m.Split(' ').Select(Meaning.Parse)])],
            Languages = ReadTexts(file),
            ByWord = ReadGrouped<int>(file),
            Runs = ReadGrouped<WordRun>(file),
            ByList = ReadGrouped<int>(file),
            AnyOrder = ReadGrouped<int>(file),
        };
    }

    private static void Write<T>(BinaryWriter file, T[] values)
        where T : unmanaged
    {
        file.Write(values.Length);
        file.Write(MemoryMarshal.AsBytes(values.AsSpan()));
    }

    private static void Write<T>(BinaryWriter file, Grouped<T> values)
        where T : unmanaged
    {
        Write(file, values.Starts);
        Write(file, values.Values);
    }

    private static void Write(BinaryWriter file, IReadOnlyList<string> texts)
    {
        file.Write(texts.Count);
        foreach (var text in texts)
        {
            file.Write(text);
        }
    }

    private static T[] Read<T>(BinaryReader file)
        where T : unmanaged
    {
        var values = new T[file.ReadInt32()];
        file.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    private static Grouped<T> ReadGrouped<T>(BinaryReader file)
        where T : unmanaged => new(Read<int>(file), Read<T>(file));

    private static string[] ReadTexts(BinaryReader file)
    {
        var texts = new string[file.ReadInt32()];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = file.ReadString();
        }

        return texts;
    }
}
