using FastEndpoints;
using FluentValidation;
using HealthEquity.Search.Index;

namespace HealthEquity.Api.Search;

/// <summary>The bounds of what lists can be asked for. A kind's own validator derives from this.</summary>
/// <typeparam name="TRequest">The list's request.</typeparam>
public abstract class ListValidator<TRequest> : Validator<TRequest>
    where TRequest : ListRequest
{
    /// <summary>The deepest that paging goes: whoever wants everything takes the change feed.</summary>
    public const int DeepestPage = 10_000;

    /// <summary>Sets the rules.</summary>
    protected ListValidator()
    {
        RuleFor(r => r.Q).Must(q => QuestionText.Fault(q) is null).WithMessage(r => QuestionText.Fault(r.Q));
        RuleFor(r => r.Page).InclusiveBetween(1, DeepestPage).WithMessage($"is to be from 1 to {DeepestPage}; /v1/changes gives the whole directory.");
        RuleFor(r => r.PageSize).InclusiveBetween(1, 100).WithMessage("is to be from 1 to 100.");
        RuleFor(r => r.VerifiedWithin).InclusiveBetween(1, 3650).WithMessage("is a number of days from 1 to 3650.");
        RuleFor(r => r.Sort).Must((r, sort) => sort != SearchSort.Distance || r is PlacedListRequest { Near: not null } or ServiceListRequest { Zip.Count: > 0 })
            .WithMessage("by distance needs to know from where: add near, such as near=33101.");
    }
}

/// <summary>The same for entries that have a place.</summary>
/// <typeparam name="TRequest">The list's request.</typeparam>
public abstract class PlacedListValidator<TRequest> : ListValidator<TRequest>
    where TRequest : PlacedListRequest
{
    private const string Range = "is to be more than 0 and at most 500.";

    /// <summary>Sets the rules.</summary>
    protected PlacedListValidator()
    {
        RuleFor(r => r.Radius).GreaterThan(0).WithMessage(Range).LessThanOrEqualTo(500).WithMessage(Range);
        RuleFor(r => r.Radius).Must((r, radius) => radius is null || r.Near is not null || r.Q is not null || r is ServiceListRequest { Zip.Count: > 0 })
            .WithMessage("needs to know from where: add near, such as near=33101.");
    }
}

/// <summary>The same for entries that help people.</summary>
/// <typeparam name="TRequest">The list's request.</typeparam>
public abstract class ServiceListValidator<TRequest> : PlacedListValidator<TRequest>
    where TRequest : ServiceListRequest
{
    /// <summary>Sets the rules.</summary>
    protected ServiceListValidator() =>
        RuleFor(r => r.Age).InclusiveBetween(0, 120).WithMessage("is an age in whole years from 0 to 120.");
}
