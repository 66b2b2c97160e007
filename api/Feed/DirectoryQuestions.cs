using HealthEquity.Search.Questions;
using HealthEquity.Store.Expressions;

namespace HealthEquity.Api.Feed;

/// <summary>Reads questions with the expressions that ship and those of the department.</summary>
public sealed class DirectoryQuestions
{
    private volatile QuestionReader? _withOwn;

    /// <summary>The reader of questions.</summary>
    public QuestionReader Reader => _withOwn ?? QuestionReader.Shipped;

    /// <summary>Replaces the department's expressions after a change.</summary>
    public void Replace(IReadOnlyCollection<SearchExpression> own) =>
        _withOwn = own.Count == 0 ? null : QuestionReader.With([.. own.Select(e => new OwnExpression(e.Language, e.Text, e.Meaning))]);
}
