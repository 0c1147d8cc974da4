import type { frCheckout } from './fr-checkout.ts';

/** English texts of the cart and of orders. */
export const enCheckout: Record<keyof typeof frCheckout, string> = {
  'cart.link': 'Cart',
  'cart.title': 'Your cart',
  'cart.add': 'Add to cart',
  'cart.empty': 'There is nothing in it yet.',
  'cart.lines': 'Pieces in the cart',
  'cart.quantity': 'Quantity',
  'cart.update': 'Update',
  'cart.remove': 'Remove',
  'cart.each': '{price} each',
  'cart.goneName': 'A piece that is no longer on sale',
  'cart.gone': 'This piece is no longer sold. Remove it to order the rest.',
  'cart.short': 'Only {available} left: lower the quantity to order.',
  'cart.shortNone': 'This piece is not available at the moment. Remove it to order the rest.',
  'cart.quantityProblem': 'A number from 0 to 99, in digits.',
  'cart.country': 'Country of delivery',
  'cart.countryUpdate': 'Choose',
  'cart.delivery': 'Delivery method',
  'cart.deliveryUnkept': 'Confirm this choice: the total depends on it.',
  'cart.deliveryUpdate': 'Choose this one',
  'cart.code': 'Promotion code',
  'cart.codeUpdate': 'Apply',
  'cart.codeRemove': 'Remove the code',
  'cart.code.applied': 'Code {code} is applied.',
  'cart.code.unknown': 'We do not know this code. Check it, or remove it.',
  'cart.code.not-started': 'This code is not valid yet.',
  'cart.code.ended': 'This code is no longer valid.',
  'cart.code.minimum': 'This code needs a larger cart.',
  'cart.code.minimumOf': 'This code needs {minimum} of pieces: {missing} more.',
  'cart.code.used-up': 'This code has been used as often as it may be.',
  'cart.summary': 'Summary',
  'cart.subtotal': 'Subtotal',
  'cart.discount': 'Discount {code}',
  'cart.shipping': 'Delivery, {country}',
  'cart.free': 'free',
  'cart.missing': '{missing} more for free delivery.',
  'cart.noShipping':
    'We do not deliver this cart there: {country}. Choose another country, or write to us.',
  'cart.vat': 'of which VAT {rate}%',
  'cart.total': 'Total',
  'cart.delay': 'Estimated delivery: {min} to {max} {days} after payment.',
  'cart.delayOne': 'Estimated delivery: {max} {days} after payment.',
  'cart.inDays': '{min} to {max} {days}',
  'cart.inDaysOne': '{max} {days}',
  'cart.day': 'working day',
  'cart.days': 'working days',
  'cart.email': 'E-mail address',
  'cart.emailHint': 'For the confirmation and tracking. Nothing else.',
  'cart.emailProblem': 'A complete address, such as name@example.com.',
  'cart.terms': 'I accept the',
  'cart.termsLink': 'terms of sale',
  'cart.termsProblem': 'Tick the box to accept the terms of sale.',
  'cart.order': 'Order with obligation to pay',
  'cart.orderNote':
    'The delivery address and card are entered in the next step, on the secure payment page.',
  'cart.closed': 'The till is closed.',
  'cart.closedText': 'Your cart is kept. Prices and stock will be checked when it opens again.',
  'cart.away': 'The till cannot be reached right now.',
  'cart.awayText':
    'It may just be opening: try again in a moment. Your cart is kept; prices and stock will be checked.',
  'cart.blocked': 'Settle what is marked, then you can order.',
  'cart.tooManyPieces':
    'An order can have at most {most} pieces, and this cart has {pieces}. Take some out, and order in two parts.',
  'cart.belowMinimum': 'A payment by card needs at least {minimum}. Add a piece to order.',
  'cart.retry': 'Retry',
  'cart.held':
    'Some of these pieces are held by your unpaid order {number}. Ordering again replaces it.',
  'cart.more': 'Keep looking',
  'cart.notice.changed':
    'The price, the stock, the delivery or the cart has changed since it was shown. Nothing was ordered: read the total again, then confirm.',
  'cart.notice.delivery':
    'The delivery method you chose does not take this cart or go to this country: another one is offered. Read the delay and the total again.',
  'cart.notice.again':
    'This confirmation had been used already. Nothing new was ordered: read it again, then confirm once more.',
  'cart.notice.invalid':
    'The order could not be read. Nothing was ordered: check it, then confirm.',
  'cart.notice.tooMany':
    'Too many orders of this connection or e-mail are unpaid, or were free since yesterday. Pay the one that is waiting, or come back later.',
  'cart.notice.closed':
    'Payment is not available at the moment. Nothing was ordered or charged, and your cart is kept.',
  'cart.notice.unknown': 'The till did not answer in time. Try again: you will not order twice.',
  'cart.resend':
    'Your order of {total}, for {email}, may be recorded already. Retrying finds it, or places it at this price.',
  'cart.notice.full': 'The cart is full: order in two parts, or remove a piece.',
  'order.title': 'Order {number}',
  'order.placed': 'Placed on {date}',
  'order.testNote': 'Test order: nothing was charged, nothing will be sent.',
  'order.testText.pending':
    'The test payment is still to be made; your pieces are kept for a while.',
  'order.testText.paid': 'The confirmation is on its way to {email}.',
  'order.testText.preparing': 'The packing is noted, for the test: there will be no parcel.',
  'order.testText.shipped': 'The shipping is noted, for the test: no parcel has left.',
  'order.testText.expired': 'The test payment did not come in time; the pieces are on sale again.',
  'order.testText.cancelled': 'This test order is cancelled: there is nothing to refund.',
  'order.testText.needs_review':
    'We are checking this test payment by hand. There is nothing for you to do.',
  'order.testText.refunded':
    'The refund is noted, for the test: nothing will appear on your account.',
  'order.confirming': 'We are checking your payment.',
  'order.confirmingText':
    'By card this takes a few seconds, and the page reloads by itself. By bank transfer or debit it takes a few days, and an e-mail will tell you. No need to pay again.',
  'order.confirmingLater':
    'The bank has not confirmed yet; a bank transfer or debit takes a few days. You may close this page: an e-mail will tell you the rest. No need to pay again.',
  'order.preparing': 'We are preparing the payment page.',
  'order.preparingText':
    'The payment service is slow to answer. This page reloads by itself; your pieces are kept.',
  'order.preparingLater':
    'This takes longer than expected. You may close this page: an e-mail will tell you the rest.',
  'order.reload': 'Reload',
  'order.pay': 'Pay',
  'order.status.pending': 'Waiting for payment',
  'order.text.pending':
    'Your pieces are kept for a while. The payment is still to be made, unless you have made it: a bank transfer or debit is confirmed within a few days, by e-mail.',
  'order.text.pendingClosed':
    'If you paid by bank transfer or debit, the confirmation takes a few days and comes by e-mail. Otherwise this order will expire and nothing will be charged.',
  'order.status.paid': 'Thank you, it is paid.',
  'order.text.paid': 'The confirmation is on its way to {email}. We are preparing your pieces.',
  'order.status.preparing': 'Being prepared',
  'order.text.preparing': 'We are packing your pieces. An e-mail will leave with the parcel.',
  'order.status.shipped': 'Shipped',
  'order.text.shipped': 'Your pieces are on their way.',
  'order.status.expired': 'Expired',
  'order.text.expired':
    'The payment did not come in time; nothing was charged and the pieces are on sale again.',
  'order.status.cancelled': 'Cancelled',
  'order.text.cancelled': 'This order is cancelled. If you had paid it, you are refunded.',
  'order.status.needs_review': 'Being checked',
  'order.text.needs_review':
    'We are checking your payment by hand and will write soon. No need to pay again.',
  'order.status.refunded': 'Refunded',
  'order.text.refunded': 'The refund appears on your account within a few days.',
  'order.track': 'Track the parcel',
  'order.address': 'Delivery address',
  'order.lines': 'Pieces ordered',
  'order.shipping': 'Delivery',
  'order.refunded': 'Refunded',
  'order.paidOn': 'Paid on {date}',
  'order.seller': 'Seller',
  'order.siret': 'SIRET {siret}',
  'order.vatNumber': 'VAT {number}',
  'order.receipt': 'This page prints as a receipt.',
  'order.print': 'Print',
  'order.backToCart': 'Back to my cart',
  'order.away': 'The till does not answer.',
  'order.awayText': 'Your order is recorded on our side.',
  'order.awayPaid':
    'Your payment may already have been taken: do not pay a second time. Your order is recorded on our side.',
  'order.awayAgain': 'This page reloads by itself.',
  'order.awayLater': 'You may close this page: an e-mail will tell you the rest. Or reload later.',
  'order.missing': 'This link opens no order.',
  'order.missingText':
    'It is incomplete or no longer valid. Enter the e-mail address of the order: if it matches, the link is sent again at once.',
  'link.title': 'Follow my order',
  'link.text':
    'Each order has its own page, behind a link that we mailed to you. Lost it? Here it comes again, by e-mail.',
  'link.number': 'Order number (optional)',
  'link.numberHint':
    'For example AH-7K3M9QXT. Without it, you receive the links of all your orders.',
  'link.send': 'Send me the link',
  'link.sent': 'Check your mail.',
  'link.sentText': 'If an order matches, its link is on its way. Check your junk mail too.',
  'link.again': 'Nothing came? Check the address',
  'link.tooMany':
    'You asked for several links in a row. Wait a minute or two, then try again; the first may have arrived already.',
  'link.failed': 'It cannot be sent at the moment. Try again in a minute.',
};
