using HealthEquity.Admin.Access;
using HealthEquity.Admin.Directory;
using HealthEquity.Admin.Pages.Shared;
using HealthEquity.Directory.Entries;
using HealthEquity.Search.Questions;
using HealthEquity.Search.Text;
using HealthEquity.Store.Curators;
using HealthEquity.Store.Expressions;
using Microsoft.AspNetCore.Mvc;

namespace HealthEquity.Admin.Pages.Expressions;

/// <summary>Lists, adds and removes the department's own expressions, and shows how a question is understood. A question is kept nowhere.</summary>
[AtLeast(CuratorRole.Administrator)]
public sealed class IndexModel(SearchExpressionStore store, DirectoryRules rules) : ConsolePage
{
    [BindProperty]
    public string Text { get; set; } = "";

    [BindProperty]
    public string Language { get; set; } = "";

    [BindProperty]
    public string Meaning { get; set; } = "";

    [BindProperty]
    public string Question { get; set; } = "";

    public IReadOnlyList<SearchExpression> Expressions { get; private set; } = [];

    public MeaningChoices Choices { get; private set; } = null!;

    /// <summary>How the tried question is understood; null when none was tried.</summary>
    public ReadQuestion? Read { get; private set; }

    /// <summary>A language's name in English.</summary>
    public static string NameOf(string language) => LanguageNames.Of(language)?[0] ?? language;

    public Task OnGetAsync() => LoadAsync();

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        var expression = new SearchExpression { Text = Text.Trim(), Language = Language, Meaning = Meaning };
        if (await TryAsync(s => store.AddAsync(s, Checked(expression), Actor, Cancellation)))
        {
            Notice = $"“{expression.Text}” added. The public search knows it within seconds.";
            return RedirectToPage();
        }

        return Page();
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid id)
    {
        if (await TryAsync(s => store.RemoveAsync(s, id, Actor, Cancellation)))
        {
            Notice = "Expression removed.";
            return RedirectToPage();
        }

        await LoadAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostTryAsync()
    {
        await LoadAsync();
        if (Question.Length > SearchExpression.MaxTextLength)
        {
            ModelState.AddModelError(nameof(Question), $"Enter a question of at most {SearchExpression.MaxTextLength} characters.");
            return Page();
        }

        Read = QuestionReader.With([.. Expressions.Select(OwnExpressionOf)]).Read(Question.Trim(), "en", []);
        return Page();
    }

    private static OwnExpression OwnExpressionOf(SearchExpression expression) => new(expression.Language, expression.Text, expression.Meaning);

    private SearchExpression Checked(SearchExpression expression)
    {
        if (!QuestionReader.Languages.Contains(expression.Language))
        {
            throw new RefusedException("Choose a language.") { Field = nameof(Language) };
        }

        if (!Choices.Has(expression.Meaning))
        {
            throw new RefusedException("Choose a meaning.") { Field = nameof(Meaning) };
        }

        if (!OwnExpressionOf(expression).IsReadable)
        {
            throw new RefusedException("Enter words. Close every parenthesis.") { Field = nameof(Text) };
        }

        return expression;
    }

    private async Task LoadAsync()
    {
        Choices = new MeaningChoices(await rules.VocabulariesAsync(Cancellation));
        Expressions = await ReadAsync(s => SearchExpressionStore.ReadAsync(s, Cancellation));
    }
}
