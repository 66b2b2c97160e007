using FastEndpoints;
using FluentValidation;
using HealthEquity.Search.Index;

namespace HealthEquity.Api.Search;

/// <summary>Validates the parameters of lists. Each kind's validator derives from this.</summary>
/// <typeparam name="TRequest">The list's request.</typeparam>
public abstract class ListValidator<TRequest> : Validator<TRequest>
    where TRequest : ListRequest
{
    /// <summary>The last page that can be requested. The change feed has everything.</summary>
    public const int LastPage = 10_000;

    /// <summary>Sets the rules.</summary>
    protected ListValidator()
    {
        RuleFor(r => r.Q).Must(q => QuestionText.Fault(q) is null).WithMessage(r => QuestionText.Fault(r.Q));
        RuleFor(r => r.Page).InclusiveBetween(1, LastPage).WithMessage($"must be between 1 and {LastPage}. To read the whole directory, use /v1/changes.");
        RuleFor(r => r.PageSize).InclusiveBetween(1, 100).WithMessage("must be between 1 and 100.");
        RuleFor(r => r.VerifiedWithin).InclusiveBetween(1, 3650).WithMessage("must be a number of days between 1 and 3650.");
        RuleFor(r => r.Sort).Must((r, sort) => sort != SearchSort.Distance || r is PlacedListRequest { Near: not null } or ServiceListRequest { Zip.Count: > 0 })
            .WithMessage("by distance needs a place. Add near, such as near=33101.");
    }
}

/// <summary>Validates the parameters of lists of entries with a place.</summary>
/// <typeparam name="TRequest">The list's request.</typeparam>
public abstract class PlacedListValidator<TRequest> : ListValidator<TRequest>
    where TRequest : PlacedListRequest
{
    private const string Range = "must be greater than 0 and at most 500.";

    /// <summary>Sets the rules.</summary>
    protected PlacedListValidator()
    {
        RuleFor(r => r.Radius).GreaterThan(0).WithMessage(Range).LessThanOrEqualTo(500).WithMessage(Range);
        RuleFor(r => r.Radius).Must((r, radius) => radius is null || r.Near is not null || r.Q is not null || r is ServiceListRequest { Zip.Count: > 0 })
            .WithMessage("needs a place. Add near, such as near=33101.");
    }
}

/// <summary>Validates the parameters of lists of entries that help people.</summary>
/// <typeparam name="TRequest">The list's request.</typeparam>
public abstract class ServiceListValidator<TRequest> : PlacedListValidator<TRequest>
    where TRequest : ServiceListRequest
{
    /// <summary>Sets the rules.</summary>
    protected ServiceListValidator() =>
        RuleFor(r => r.Age).InclusiveBetween(0, 120).WithMessage("must be an age in whole years between 0 and 120.");
}
