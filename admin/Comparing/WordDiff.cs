using System.Text.RegularExpressions;
using DiffPlex;
using Microsoft.AspNetCore.Html;

namespace HealthEquity.Admin.Comparing;

/// <summary>Whether a piece of text was kept, removed, or added.</summary>
public enum PieceState
{
    /// <summary>In both texts.</summary>
    Same,

    /// <summary>Only in the old text.</summary>
    Removed,

    /// <summary>Only in the new text.</summary>
    Added,
}

/// <summary>A piece of text and its state.</summary>
public readonly record struct Piece(PieceState State, string Text);

/// <summary>Compares two texts word by word, with DiffPlex.</summary>
public static partial class WordDiff
{
    /// <summary>Longer texts are compared as a whole, because comparing very different long texts would take too long.</summary>
    private const int MaxWords = 4000;

    /// <summary>Returns the pieces in reading order, with removed text before its replacement.</summary>
    public static IReadOnlyList<Piece> Compare(string? before, string? after)
    {
        var pieces = new List<Piece>();
        if (Words.Count(before) > MaxWords || Words.Count(after) > MaxWords)
        {
            Add(pieces, PieceState.Removed, before is null ? [] : [before]);
            Add(pieces, PieceState.Added, after is null ? [] : [after]);
            return pieces;
        }

        var diff = Differ.Instance.CreateDiffs(before ?? "", after ?? "", ignoreWhiteSpace: false, ignoreCase: false, new Words());
        var (old, current) = (diff.PiecesOld, diff.PiecesNew);
        var done = 0;
        foreach (var block in diff.DiffBlocks)
        {
            Add(pieces, PieceState.Same, old.Skip(done).Take(block.DeleteStartA - done));
            Add(pieces, PieceState.Removed, old.Skip(block.DeleteStartA).Take(block.DeleteCountA));
            Add(pieces, PieceState.Added, current.Skip(block.InsertStartB).Take(block.InsertCountB));
            done = block.DeleteStartA + block.DeleteCountA;
        }

        Add(pieces, PieceState.Same, old.Skip(done));
        return MergeReplacements(pieces);
    }

    /// <summary>Renders the pieces as encoded text in del and ins elements.</summary>
    public static IHtmlContent Html(IEnumerable<Piece> pieces)
    {
        var html = new HtmlContentBuilder();
        foreach (var piece in pieces)
        {
            var (open, close) = piece.State switch
            {
                PieceState.Added => ("<ins>", "</ins>"),
                PieceState.Removed => ("<del>", "</del>"),
                _ => ("", ""),
            };
            html.AppendHtml(open).Append(piece.Text).AppendHtml(close);
        }

        return html;
    }

    /// <summary>Merges replaced words that are separated only by common spaces.</summary>
    private static List<Piece> MergeReplacements(List<Piece> pieces)
    {
        var merged = new List<Piece>();
        var (removed, added) = ("", "");
        foreach (var (index, piece) in pieces.Index())
        {
            var isBetween = piece.State == PieceState.Same && removed.Length > 0 && added.Length > 0 && index < pieces.Count - 1
                && string.IsNullOrWhiteSpace(piece.Text) && !piece.Text.Contains('\n', StringComparison.Ordinal);
            if (piece.State == PieceState.Same && !isBetween)
            {
                Flush();
                merged.Add(piece);
                continue;
            }

            removed += piece.State != PieceState.Added ? piece.Text : "";
            added += piece.State != PieceState.Removed ? piece.Text : "";
        }

        Flush();
        return merged;

        void Flush()
        {
            merged.AddRange(new[] { new Piece(PieceState.Removed, removed), new Piece(PieceState.Added, added) }.Where(p => p.Text.Length > 0));
            (removed, added) = ("", "");
        }
    }

    private static void Add(List<Piece> pieces, PieceState state, IEnumerable<string> words)
    {
        var text = string.Concat(words);
        if (text.Length == 0)
        {
            return;
        }

        if (pieces.Count > 0 && pieces[^1].State == state)
        {
            pieces[^1] = new Piece(state, pieces[^1].Text + text);
        }
        else
        {
            pieces.Add(new Piece(state, text));
        }
    }

    /// <summary>Splits text into words, spaces, and punctuation, so that a changed space or comma shows.</summary>
    private sealed partial class Words : IChunker
    {
        public IReadOnlyList<string> Chunk(string text) => [.. Word().Matches(text).Select(m => m.Value)];

        public static int Count(string? text) => text is null ? 0 : Word().Count(text);

        [GeneratedRegex(@"\w+|\s+|[^\w\s]", RegexOptions.Singleline)]
        private static partial Regex Word();
    }
}
